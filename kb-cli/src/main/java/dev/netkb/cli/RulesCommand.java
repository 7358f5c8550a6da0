package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.render.CatalogueRenderer;
import dev.netkb.api.render.ParameterRenderer;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.value.Nearest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb rules}: what the knowledge base knows. */
@Command(name = "rules", description = "Shows the catalogue of requirements, and helps those who edit rules.")
final class RulesCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(
                command.commandLine(),
                "a command is missing after rules: use "
                        + String.join(", ", command.subcommands().keySet()));
    }

    /** {@code netkb rules list}. */
    @Command(
            name = "list",
            description = "Lists requirements, one a line: every one, or those that meet all the given options.")
    static final class ListRules implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        private CommandSpec command;

        @Mixin
        private CommonOptions common;

        @Mixin
        private RulesOptions sources;

        @Mixin
        private CatalogueFilter filter;

        @Mixin
        private PrintFormat print;

        ListRules(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Option(
                names = "--parameters",
                description = "List the parameters of the rules instead: what each is, and the value that is in force.")
        private boolean parameters;

        @Mixin
        private ParameterOptions given = new ParameterOptions();

        @Override
        public Integer call() throws IOException {
            RuleSources from = sources.sources(surroundings);
            if (parameters) {
                listParameters(surroundings.rules(from));
                return ExitStatus.OK.code();
            }
            List<RuleInfo> rules = filter.of(surroundings.rules(from).catalogue());
            CatalogueRenderer renderer = new CatalogueRenderer(surroundings.style());
            switch (print.format()) {
                case TABLE -> renderer.list(rules, command.commandLine().getOut());
                case JSON -> renderer.json(rules, command.commandLine().getOut());
            }
            return ExitStatus.OK.code();
        }

        private void listParameters(KnowledgeBase rules) throws IOException {
            dev.netkb.api.Parameters inForce = given.read(command.commandLine()).over(rules.parameters());
            ParameterRenderer renderer = new ParameterRenderer(surroundings.style());
            switch (print.format()) {
                case TABLE -> renderer.list(inForce, command.commandLine().getOut());
                case JSON -> renderer.json(inForce, command.commandLine().getOut());
            }
        }
    }

    /** {@code netkb rules show ID}. */
    @Command(name = "show", description = "Shows everything about one requirement.")
    static final class ShowRule implements Callable<Integer> {
        private final Surroundings surroundings;

        @Spec
        private CommandSpec command;

        @Mixin
        private CommonOptions common;

        @Parameters(paramLabel = "ID", description = "The id, such as C-NET-05; letter case does not matter.")
        private String id = "";

        @Mixin
        private RulesOptions sources;

        @Mixin
        private PrintFormat print;

        ShowRule(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws IOException {
            List<RuleInfo> rules =
                    surroundings.rules(sources.sources(surroundings)).catalogue();
            Optional<RuleInfo> found = rules.stream()
                    .filter(rule -> rule.id().equalsIgnoreCase(id))
                    .findFirst();
            if (found.isEmpty()) {
                String question =
                        Nearest.question(id, rules.stream().map(RuleInfo::id).toList());
                throw new ParameterException(
                        command.commandLine(),
                        "'" + id + "' is no id in the catalogue." + question + " netkb rules list prints all.");
            }
            CatalogueRenderer renderer = new CatalogueRenderer(surroundings.style());
            switch (print.format()) {
                case TABLE -> renderer.page(found.get(), command.commandLine().getOut());
                case JSON ->
                    renderer.json(List.of(found.get()), command.commandLine().getOut());
            }
            return ExitStatus.OK.code();
        }
    }
}
