package dev.netkb.cli;

import dev.netkb.api.Baseline;
import dev.netkb.api.RuleInfo;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options that choose from the catalogue; what is listed meets all that are given. Letter case does not matter, and a
 * value that no requirement has is refused with those that there are.
 */
final class CatalogueFilter {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--baseline",
            paramLabel = "auto|seed|YYYY-MM",
            converter = EvaluationOptions.BaselineConverter.class,
            description = "Only what netkb check applies with this baseline.")
    private @Nullable Baseline baseline;

    @Option(
            names = "--platform",
            paramLabel = "stv1|stv2",
            description = "Only what speaks of a compute platform of the classic tiers.")
    private @Nullable String platform;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Only what speaks of a networking model, such as classic or v2Injection.")
    private @Nullable String model;

    @Option(
            names = "--family",
            paramLabel = "PREFIX",
            description = "Only ids that begin with these parts, such as C-FLOW, SEED or V2I.")
    private @Nullable String family;

    @Option(names = "--severity", paramLabel = "error|warning|info", description = "Only what can be of this severity.")
    private @Nullable String severity;

    @Option(
            names = "--decidable",
            paramLabel = "yes|no",
            description = "Only what exports can decide (yes), or the notes on what they cannot (no).")
    private @Nullable String decidable;

    /** @throws ParameterException when a value is none that exists */
    List<RuleInfo> of(List<RuleInfo> catalogue) {
        Stream<RuleInfo> chosen = catalogue.stream();
        if (baseline != null) {
            Baseline wanted = baseline;
            chosen = chosen.filter(rule -> rule.inForce(wanted));
        }
        if (platform != null) {
            String wanted = known("--platform", platform, values(catalogue, RuleInfo::platforms));
            chosen = chosen.filter(rule -> rule.platforms().contains(wanted));
        }
        if (model != null) {
            String wanted = known("--model", model, values(catalogue, RuleInfo::models));
            chosen = chosen.filter(rule -> rule.models().contains(wanted));
        }
        if (family != null) {
            String wanted = family(family, catalogue);
            chosen = chosen.filter(rule -> isOf(wanted, rule));
        }
        if (severity != null) {
            List<String> words =
                    Arrays.stream(Severity.values()).map(Severity::word).toList();
            Severity wanted = Severity.of(known("--severity", severity, words));
            chosen = chosen.filter(rule -> rule.severities().contains(wanted));
        }
        if (decidable != null) {
            boolean wanted =
                    known("--decidable", decidable, List.of("yes", "no")).equals("yes");
            chosen = chosen.filter(rule -> wanted == (rule.reason() == null));
        }
        return chosen.toList();
    }

    private static List<String> values(List<RuleInfo> catalogue, Function<RuleInfo, List<String>> of) {
        return catalogue.stream()
                .flatMap(rule -> of.apply(rule).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The whole parts that ids have to begin with; {@code C-FLOW-} and {@code C-FLOW-*} are as good as {@code C-FLOW}. */
    private String family(String prefix, List<RuleInfo> catalogue) {
        String wanted = prefix.toUpperCase(Locale.ROOT).replaceFirst("[-*]+$", "");
        if (catalogue.stream().noneMatch(rule -> isOf(wanted, rule))) {
            throw unknown("--family", prefix, values(catalogue, rule -> List.of(rule.family())), "an id begins with");
        }
        return wanted;
    }

    private static boolean isOf(String prefix, RuleInfo rule) {
        return rule.id().equals(prefix) || rule.id().startsWith(prefix + "-");
    }

    private String known(String option, String value, List<String> allowed) {
        return allowed.stream()
                .filter(each -> each.equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> unknown(option, value, allowed, "a requirement has"));
    }

    private ParameterException unknown(String option, String value, List<String> allowed, String has) {
        CommandLine used = command.commandLine();
        return new ParameterException(
                used,
                option + " " + value + ": '" + value + "' is nothing that " + has + "."
                        + Nearest.question(value, allowed) + " Use one of: " + String.join(", ", allowed));
    }
}
