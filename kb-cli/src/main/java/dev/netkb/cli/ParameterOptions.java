package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --set}: what people know about a network that no export says. */
final class ParameterOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A parameter of the rules; repeatable. trustedAppliances=ADDRESS,… names appliances of routes that"
                            + " let pass what an instance needs. netkb rules list --parameters lists all.")
    private Map<String, String> values = new LinkedHashMap<>();

    /**
     * Tells with {@code --verbose} which parameters are not as they are anyway.
     *
     * @throws ParameterException when an option contradicts what a folder of rules says
     */
    void tell(KnowledgeBase rules, CommandLine command, Messages messages) {
        Parameters inForce = read(command).over(rules.parameters());
        inForce.contradictions().stream().findFirst().ifPresent(trouble -> {
            throw new ParameterException(command, "--set: " + trouble.message() + "\n" + trouble.hint());
        });
        if (!inForce.changed().isEmpty()) {
            messages.detail("parameters: " + String.join(", ", inForce.changed()));
        }
    }

    /** @throws ParameterException when there is no such parameter, or its value is none */
    Parameters read(CommandLine command) {
        try {
            return Parameters.parse(values);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--set: " + e.getMessage(), e);
        }
    }
}
