package dev.netkb.cli;

import dev.netkb.api.export.ExportForm;
import dev.netkb.api.export.ExportScope;
import dev.netkb.api.export.ExportScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netkb export-script}: prints the commands that export what a snapshot needs. */
@Command(
        name = "export-script",
        description = {
            "Prints a script that exports from Azure everything that the rules can use. It only reads, writes into one"
                    + " folder, and is run by you: nothing is asked of Azure before.",
            "",
            "  netkb export-script --subscription ID > export.sh",
            "  bash export.sh && netkb check export",
            "",
            "What is refused (403, say) is left out, named in export-problems.txt in that folder, and makes the script end"
                    + " with 1; the rest is good to check. Running it again replaces what it wrote before."
        })
final class ExportScriptCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @ArgGroup
    private @Nullable Forms form;

    /** One of the forms. */
    static final class Forms {
        @Option(
                names = "--arg",
                description =
                        "Bash with the Azure CLI and its extension resource-graph (the default): one query for all"
                                + " subscriptions, single calls for the rest. The fastest where there are many subscriptions.")
        private boolean arg;

        @Option(
                names = "--az",
                description = "Bash with the Azure CLI alone: every kind of resource in every subscription.")
        private boolean az;

        @Option(
                names = "--powershell",
                description = "PowerShell with the modules Az.Accounts and Az.ResourceGraph, as --arg.")
        private boolean powershell;
    }

    @Option(
            names = "--subscription",
            paramLabel = "ID",
            description = "Export this subscription. Repeatable. Default: all that the login sees.")
    private List<String> subscriptions = new ArrayList<>();

    @Option(
            names = "--management-group",
            paramLabel = "ID",
            description = "Export the subscriptions below this management group. Repeatable.")
    private List<String> managementGroups = new ArrayList<>();

    @Option(
            names = "--resource-group",
            paramLabel = "NAME",
            description = "Export only what lies in resource groups of this name. A network in another group is missing"
                    + " then; check says so.")
    private @Nullable String resourceGroup;

    @Option(
            names = "--service",
            paramLabel = "NAME|ID",
            description = "Export one API Management instance, and the networks in the subscriptions in which it, its"
                    + " virtual networks and their peers lie.")
    private @Nullable String service;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "export",
            description = "The folder that the script writes to (default: export).")
    private String folder = "export";

    @Option(
            names = "--each",
            description =
                    "Make every subscription a snapshot of its own, DIR/<subscription>, for check --each DIR. Without"
                            + " it all is one snapshot: needed where networks, DNS zones or firewalls are shared between"
                            + " subscriptions.")
    private boolean each;

    @Override
    public Integer call() {
        ExportScope scope;
        try {
            scope = new ExportScope(subscriptions, managementGroups, resourceGroup, service, folder, each);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        command.commandLine().getOut().print(ExportScript.print(form(), scope));
        return ExitStatus.OK.code();
    }

    private ExportForm form() {
        if (form != null && form.az) {
            return ExportForm.AZ;
        }
        return form != null && form.powershell ? ExportForm.POWERSHELL : ExportForm.ARG;
    }
}
