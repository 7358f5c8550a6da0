package dev.netkb.api.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints a script that exports everything that the rules can use: what was asked for at its top, then the same text for
 * everybody. It only reads, writes into one folder, goes on where an answer is refused, says there in
 * {@code export-problems.txt} what is missing, and then ends with 1.
 */
public final class ExportScript {

    private static final String ROOT = "netkb/export/";

    private ExportScript() {}

    /** The whole script, which ends in a line feed. */
    public static String print(ExportForm form, ExportScope scope) {
        return switch (form) {
            case ARG ->
                bash(
                        "--arg",
                        scope,
                        "types=\"" + joined(ExportedTypes.inResourceGraph(), ", ", ExportScript::quoted) + "\"\n"
                                + "columns=\"" + ExportedTypes.COLUMNS + "\"\n",
                        "arg.sh");
            case AZ ->
                bash(
                        "--az",
                        scope,
                        "types='" + String.join(" ", ExportedTypes.LISTED) + "'\none_by_one='"
                                + String.join(" ", ExportedTypes.LISTED_BY_GROUP) + "'\n",
                        "az.sh");
            case POWERSHELL -> powershell(scope);
        };
    }

    private static String bash(String option, ExportScope scope, String types, String own) {
        return "#!/usr/bin/env bash\n" + about(option)
                + "out=" + quoted(path(scope.folder())) + "\n"
                + "subscriptions=(" + joined(scope.subscriptions(), " ", ExportScript::quoted) + ")\n"
                + "management_groups=(" + joined(scope.managementGroups(), " ", ExportScript::quoted) + ")\n"
                + "resource_group=" + quoted(text(scope.resourceGroup())) + "\n"
                + "service=" + quoted(text(scope.service())) + "\n"
                + "each_subscription=" + (scope.each() ? "yes" : "no") + "\n"
                + types + "\n" + resource(own) + resource("common.sh");
    }

    private static String powershell(ExportScope scope) {
        return "#requires -Version 5.1\n#requires -Modules Az.Accounts, Az.ResourceGraph\n" + about("--powershell")
                + "$out = " + powershellQuoted(path(scope.folder())) + "\n"
                + "$subscriptions = @(" + joined(scope.subscriptions(), ", ", ExportScript::powershellQuoted) + ")\n"
                + "$managementGroups = @(" + joined(scope.managementGroups(), ", ", ExportScript::powershellQuoted)
                + ")\n"
                + "$resourceGroup = " + powershellQuoted(text(scope.resourceGroup())) + "\n"
                + "$service = " + powershellQuoted(text(scope.service())) + "\n"
                + "$eachSubscription = " + (scope.each() ? "$true" : "$false") + "\n"
                + "$types = @(" + joined(ExportedTypes.inResourceGraph(), ", ", ExportScript::powershellQuoted)
                + ")\n$columns = \"" + ExportedTypes.COLUMNS + "\"\n\n"
                + resource("powershell.ps1");
    }

    private static String about(String option) {
        return "# Exports what netkb can use of Azure API Management and its networks, and only reads (role Reader;\n"
                + "# effective routes and rules need more: Network Contributor, or a role of your own with these actions).\n"
                + "# Printed by: netkb export-script " + option + "\n\n";
    }

    /** A name that begins with a dash would be taken for an option. */
    private static String path(String folder) {
        return folder.startsWith("-") ? "./" + folder : folder;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String joined(
            List<String> values, String separator, java.util.function.UnaryOperator<String> quote) {
        return values.stream().map(quote).collect(Collectors.joining(separator));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** PowerShell takes typographic quotes for quotes too. */
    private static String powershellQuoted(String text) {
        return "'" + text.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0") + "'";
    }

    private static String resource(String name) {
        try (InputStream in = ExportScript.class.getClassLoader().getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException(ROOT + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
