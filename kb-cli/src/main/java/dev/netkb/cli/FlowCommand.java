package dev.netkb.cli;

import dev.netkb.api.FlowQuestion;
import dev.netkb.api.UnknownTags;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.FlowRenderer;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code netkb flow}: decides one flow. */
@Command(
        name = "flow",
        description = {
            "Decides one flow offline by the network security groups of a snapshot: may packets get from X to Y?",
            "X and Y are a subnet id or name (also vnet/subnet), an address, a CIDR block, or a service tag; one of them"
                    + " must be, or lie in, a subnet of the snapshot. The exit status is 0 whatever the verdict."
        })
final class FlowCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Parameters(paramLabel = "PATH", description = "The snapshot: " + Inputs.ONE_SNAPSHOT)
    private Path path = Path.of("");

    @Option(names = "--from", paramLabel = "X", required = true, description = "Where the packets come from.")
    private String from = "";

    @Option(names = "--to", paramLabel = "Y", required = true, description = "Where the packets go to.")
    private String to = "";

    @Option(
            names = "--protocol",
            paramLabel = "P",
            required = true,
            converter = ProtocolConverter.class,
            description = "tcp, udp, icmp, esp, ah, or * for all.")
    private ProtocolSet protocols = ProtocolSet.ALL;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The destination port: 443, 6381-6383, 80,443 or * (default: every port).")
    private PortSet ports = PortSet.ALL;

    @Option(
            names = "--source-port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The source port, likewise (default: every port).")
    private PortSet sourcePorts = PortSet.ALL;

    @Option(
            names = "--location",
            paramLabel = "L",
            description =
                    "The region that is meant where a name or an address stands for several subnets, such as westeurope.")
    private @Nullable String location;

    @Mixin
    private ServiceTagOption serviceTags;

    @Mixin
    private PrintFormat print;

    FlowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static final class ProtocolConverter implements ITypeConverter<ProtocolSet> {
        @Override
        public ProtocolSet convert(String value) {
            return ProtocolSet.tryParse(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is no protocol: use tcp, udp, icmp, esp, ah or *"));
        }
    }

    static final class PortConverter implements ITypeConverter<PortSet> {
        @Override
        public PortSet convert(String value) {
            try {
                return PortSet.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        boolean withPorts = !protocols.intersect(ProtocolSet.WITH_PORTS).isEmpty();
        if (!withPorts && !(ports.isAll() && sourcePorts.isAll())) {
            throw new ParameterException(command.commandLine(), protocols + " has no ports: leave --port out");
        }
        ReadResult read = OneSnapshot.read(path, templates.in(surroundings), messages);
        Snapshot snapshot = read.snapshot() == null ? Snapshot.EMPTY : read.snapshot();
        ServiceTags tags = serviceTags.read(surroundings.reader(), messages);
        if (tags != null) {
            snapshot = snapshot.withServiceTags(tags);
        }
        for (Problem problem : UnknownTags.in(snapshot)) {
            OneSnapshot.say(read.source(), problem.movedTo(read.locate().apply(problem.at())), messages);
        }
        FlowQuestion question = new FlowQuestion(
                from, to, protocols, sourcePorts, ports, location == null ? null : Region.of(location));
        FlowResult flow;
        try {
            flow = located(question.answer(snapshot), read.locate());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
        FlowRenderer renderer = new FlowRenderer(surroundings.style());
        switch (print.format()) {
            case TABLE -> renderer.table(question, flow, command.commandLine().getOut());
            case JSON ->
                renderer.json(
                        read.source(), question, flow, command.commandLine().getOut());
        }
        return ExitStatus.OK.code();
    }

    /** Readers remember where a rule stands by pointer; people look for a line. */
    private static FlowResult located(FlowResult flow, UnaryOperator<Place> locate) {
        List<FlowStage> stages = flow.stages().stream()
                .map(stage -> new FlowStage(
                        stage.stage(),
                        stage.verdict(),
                        stage.decidedBy().stream()
                                .map(rule -> new DecidingRule(
                                        rule.type(),
                                        rule.id(),
                                        rule.name(),
                                        rule.priority(),
                                        rule.isDefault(),
                                        rule.access(),
                                        rule.ports(),
                                        rule.remote(),
                                        locate.apply(rule.at())))
                                .toList()))
                .toList();
        return new FlowResult(
                flow.direction(),
                flow.protocol(),
                flow.ports(),
                flow.remote(),
                flow.verdict(),
                stages,
                flow.denied(),
                flow.witness(),
                flow.missing());
    }
}
