package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a result answers. Equal in two snapshots where they answer the same, however they do.
 *
 * @param rule the id of the requirement
 * @param type what kind of thing its subject is
 * @param subject what it is about
 * @param location the region; empty where the subject has none
 * @param flow direction, protocol, ports and far side; empty where it is about no flow
 */
public record Question(String rule, String type, ResourceId subject, String location, String flow)
        implements Comparable<Question> {

    private static final Comparator<Question> ORDER = Comparator.comparing(Question::rule)
            .thenComparing(Question::subject)
            .thenComparing(Question::type)
            .thenComparing(Question::location)
            .thenComparing(Question::flow);

    static Question of(Result result) {
        FlowResult flow = result.flow();
        return new Question(
                result.rule(),
                result.subject().type(),
                result.subject().id(),
                Objects.requireNonNullElse(result.subject().location(), ""),
                flow == null ? "" : flow(flow.direction(), flow.protocol(), flow.ports(), flow.remote()));
    }

    /** A flow as questions have it. */
    public static String flow(String direction, String protocol, List<String> ports, String remote) {
        return direction + " " + protocol + " " + String.join(",", ports) + " " + remote;
    }

    @Override
    public int compareTo(Question other) {
        return ORDER.compare(this, other);
    }
}
