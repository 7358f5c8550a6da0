package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Pieces of the readers' fixtures, small enough for thousands of inputs a second. */
final class Samples {

    private static final int MOST_PIECES = 3;

    /**
     * Answers of one kind.
     *
     * @param keys the names of their fields
     */
    record Shape(List<JsonNode> pieces, List<String> keys) {

        private static Shape of(List<JsonNode> pieces) {
            return new Shape(pieces, Words.keysOf(pieces));
        }
    }

    /** Resources of each type in the spellings of Azure's tools. */
    static final List<JsonNode> RESOURCES = Stream.of(
                    "dialects/arm-list.json",
                    "dialects/az.json",
                    "dialects/powershell.json",
                    "network/arm.json",
                    "network/az.json",
                    "network/powershell.json")
            .flatMap(file -> items(EditedTree.parse(fixture(file))))
            .toList();

    private static final List<JsonNode> MIXED = Stream.of("shapes/answers.json", "network/answers.json", "answers.json")
            .flatMap(file -> items(EditedTree.parse(fixture(file))))
            .toList();

    static final Shape SERVICE_TAGS = with("changeNumber");

    /** Effective rules and effective routes. */
    static final Shape EFFECTIVE = with("effectiveSecurityRules", "nextHopType");

    static final Shape NETWORK_STATUS = with("connectivityStatus");

    static final Shape ADMIN_RULES = with("addressPrefixType");

    /** Answers that are no resources, and envelopes that say whose they are. */
    static final List<JsonNode> ANSWERS = Stream.concat(
                    MIXED.stream(),
                    Stream.of(EditedTree.parse(fixture("dialects/arg-table.json")))
                            .map(Samples::oneRow))
            .toList();

    private static final JsonNode WRITTEN = EditedTree.parse(written());

    private Samples() {}

    /** A few of the pieces in one list. */
    static ArrayNode some(List<JsonNode> pieces, FuzzedDataProvider data) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int count = data.consumeInt(1, MOST_PIECES);
        for (int i = 0; i < count; i++) {
            list.add(pieces.get(data.consumeInt(0, pieces.size() - 1)));
        }
        return list;
    }

    /** A file in the project's own format with a few entries of some sections. */
    static ObjectNode own(FuzzedDataProvider data) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> section : WRITTEN.properties()) {
            JsonNode value = section.getValue();
            if (value.isTextual() || section.getKey().equals("resources")) {
                file.set(section.getKey(), value.isArray() ? some(list(value), data) : value);
            } else if (data.consumeBoolean()) {
                file.set(section.getKey(), few(value, data));
            }
        }
        return file;
    }

    private static JsonNode few(JsonNode section, FuzzedDataProvider data) {
        if (section.isArray() && !section.isEmpty()) {
            return some(list(section), data);
        }
        if (section instanceof ObjectNode object && object.size() > MOST_PIECES) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            ObjectNode some = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < MOST_PIECES; i++) {
                String key = keys.get(data.consumeInt(0, keys.size() - 1));
                some.set(key, few(object.get(key), data));
            }
            return some;
        }
        return section;
    }

    /** Sample snapshots, each as the list of what stands in its files. */
    static List<JsonNode> snapshots(String... names) {
        List<JsonNode> snapshots = new ArrayList<>();
        for (String name : names) {
            ArrayNode files = JsonNodeFactory.instance.arrayNode();
            for (String file : List.of(
                    "admin-rules",
                    "apim",
                    "backends",
                    "dns",
                    "effective-routes",
                    "firewall-policies",
                    "firewall-rules",
                    "firewalls",
                    "gateways",
                    "network",
                    "network-status",
                    "nics",
                    "nsgs",
                    "plan",
                    "provider",
                    "resources",
                    "route-tables",
                    "service",
                    "vnets",
                    "workspace-gateways")) {
                try (InputStream in = Samples.class.getResourceAsStream("/snapshots/" + name + "/" + file + ".json")) {
                    if (in != null) {
                        files.add(EditedTree.parse(in.readAllBytes()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            snapshots.add(files);
        }
        return List.copyOf(snapshots);
    }

    /** The answers that have one of the fields somewhere. */
    private static Shape with(String... fields) {
        return Shape.of(MIXED.stream()
                .filter(answer -> Stream.of(fields).anyMatch(field -> answer.findValue(field) != null))
                .toList());
    }

    private static byte[] written() {
        List<SourceFile> files = Stream.of(
                        "dialects/arm-list.json", "shapes/answers.json", "network/arm.json", "network/answers.json")
                .map(name -> new SourceFile(name, fixture(name)))
                .toList();
        return SnapshotWriter.write(Objects.requireNonNull(SnapshotReader.create()
                        .read(new SnapshotSource("fixtures", files))
                        .snapshot()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Resource Graph's table cut down to its columns and first row. */
    private static JsonNode oneRow(JsonNode table) {
        ArrayNode rows = (ArrayNode) table.get("data").get("rows");
        while (rows.size() > 1) {
            rows.remove(1);
        }
        return table;
    }

    private static Stream<JsonNode> items(JsonNode file) {
        return list(file.isArray() ? file : file.get("value")).stream();
    }

    static List<JsonNode> list(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    /** A fixture of the readers' tests, or an own one. */
    static byte[] fixture(String name) {
        return resource(name.contains("/") ? "/fixtures/" + name : name);
    }

    static byte[] resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
