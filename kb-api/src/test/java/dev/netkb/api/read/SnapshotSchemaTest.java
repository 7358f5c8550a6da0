package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.azure.FactJson;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of the own format describes what is written, and refuses what the reader refuses. */
class SnapshotSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("..", "docs", "schema", "snapshot-1.schema.json");
    private static final Path SAMPLES = Path.of("..", "kb-samples");
    private static final String ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/x/y";

    /** The facts are records, so the schema of them follows from these; with netkb.golden.update it is written. */
    @Test
    void describesTheFactsAsTheyAre() throws IOException {
        ObjectNode schema = (ObjectNode) JSON.readTree(Files.readString(FILE));
        ObjectNode definitions = (ObjectNode) schema.get("$defs");
        ObjectNode expected = definitions.deepCopy();
        expected.set("facts", facts(expected));
        enumerate(expected, "subnetUser", "kind", SubnetUser.Kind.values());
        enumerate(expected, "featureInUse", "feature", FeatureInUse.Feature.values());
        if (Boolean.getBoolean("netkb.golden.update") && !definitions.equals(expected)) {
            schema.set("$defs", expected);
            Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");
        }
        assertThat(definitions)
                .as("%s; run with -Dnetkb.golden.update=true if the change is meant", FILE)
                .isEqualTo(expected);
    }

    @Test
    void everySampleIsWrittenByTheSchema() throws IOException {
        assertAllObey(SAMPLES.resolve("snapshots"), 10);
        assertAllObey(SAMPLES.resolve("changes"), 1);
    }

    @Test
    void everySharedExportIsWrittenByTheSchema() throws IOException {
        assertAllObey(SharedData.folder().resolve("exports"), 5);
    }

    /** Each is refused by the reader, and by the schema. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\": \"netkb/snapshot/1\"}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": {}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [1]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [{\"name\": \"a\"}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"coverage\": {\"a.b/c\": \"many\"}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"coverage\": {\"a.b/c\": -1}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"subnetUsers\": [{\"subnetId\": \"" + ID
                        + "\"}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"subnetUsers\": [{\"subnetId\": \"" + ID
                        + "\", \"owner\": \"" + ID + "\", \"kind\": \"OTHER\"}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"featuresInUse\": [{\"serviceId\": \"" + ID
                        + "\", \"shownBy\": \"" + ID + "\", \"feature\": \"NONE_SUCH\"}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"networkStatuses\": [{\"networkStatus\":"
                        + " {\"dnsServers\": [], \"connectivityStatus\": [{\"name\": \"a\"}]}}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"networkStatuses\": [{\"networkStatus\":"
                        + " {\"dnsServers\": [], \"connectivityStatus\": [{\"name\": \"a\", \"status\": \"fine\"}]}}]}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"facts\": {\"ManagementLock\": [{\"id\": \""
                        + ID + "\"}]}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"facts\": {\"BackendHost\": [{\"id\": \"" + ID
                        + "\", \"serviceId\": \"" + ID + "\", \"port\": \"high\"}]}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"serviceTags\": {\"changeNumber\": \"1\", \"cloud\":"
                        + " \"Public\", \"values\": [{\"properties\": {\"addressPrefixes\": []}}]}}"
            })
    void refusesWhatTheReaderRefuses(String document) throws IOException {
        assertThat(read("bad.json", document).snapshot())
                .as("what the reader makes of it")
                .isNull();
        assertThat(errors(document)).as("what the schema says").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": []}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"coverage\": {\"microsoft.network/routetables\": 0}}",
                "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], \"subnetUsers\": [{\"subnetId\": \"" + ID
                        + "\", \"owner\": \"" + ID + "\", \"kind\": \"IP_CONFIGURATION\"}]}"
            })
    void takesWhatTheReaderTakes(String document) throws IOException {
        assertThat(read("good.json", document).snapshot()).isNotNull();
        assertThat(errors(document)).isEmpty();
    }

    private static void assertAllObey(Path folder, int atLeast) throws IOException {
        Map<String, List<Error>> faults = new TreeMap<>();
        int converted = 0;
        for (Path each : candidates(folder)) {
            ReadResult read = SnapshotFiles.snapshot(each).read(SnapshotReader.create());
            if (read.snapshot() != null) {
                converted++;
                List<Error> errors = errors(SnapshotWriter.write(read.snapshot()));
                if (!errors.isEmpty()) {
                    faults.put(each.toString(), errors.subList(0, Math.min(5, errors.size())));
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(converted).as("snapshots below %s", folder).isGreaterThanOrEqualTo(atLeast);
    }

    /** Every folder that holds JSON files, and every such file. */
    private static List<Path> candidates(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted().toList()) {
                if (Files.isRegularFile(path) && path.toString().endsWith(".json") || isFolderOfFiles(path)) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    private static boolean isFolderOfFiles(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.anyMatch(child -> child.toString().endsWith(".json"));
        }
    }

    private static ReadResult read(String name, String document) {
        return SnapshotReader.create()
                .read(new SnapshotSource(
                        name, List.of(new SourceFile(name, document.getBytes(StandardCharsets.UTF_8)))));
    }

    private static List<Error> errors(String document) throws IOException {
        try (InputStream in =
                SnapshotWriter.class.getClassLoader().getResourceAsStream(SnapshotWriter.SCHEMA_RESOURCE)) {
            assertThat(in).as("the schema in the jar").isNotNull();
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
            return schema.validate(document, InputFormat.JSON);
        }
    }

    // ---- the schema of facts

    private static ObjectNode facts(ObjectNode definitions) {
        ObjectNode facts = object();
        ObjectNode properties = (ObjectNode) facts.get("properties");
        facts.put("description", "Facts by their type; what is null or empty is left out.");
        for (Class<? extends Record> type : FactJson.TYPES) {
            properties.set(type.getSimpleName(), array(reference(type, definitions)));
        }
        return facts;
    }

    private static ObjectNode reference(Class<?> type, ObjectNode definitions) {
        String name = "fact" + type.getSimpleName();
        ObjectNode fact = object();
        definitions.set(name, fact);
        ArrayNode required = JSON.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean provenance = component.getType() == Provenance.class;
            ((ObjectNode) fact.get("properties"))
                    .set(
                            provenance ? "unknown" : component.getName(),
                            provenance ? ref("reasons") : value(component.getGenericType(), definitions));
            if (!provenance
                    && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    && !isList(component.getGenericType())) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            fact.set("required", required);
        }
        return ref(name);
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType
                || type == AddressSet.class
                || type == PortSet.class
                || type == ProtocolSet.class;
    }

    private static ObjectNode value(Type type, ObjectNode definitions) {
        if (type instanceof ParameterizedType list) {
            return array(value(list.getActualTypeArguments()[0], definitions));
        } else if (isList(type)) {
            return array(typed("string"));
        } else if (type == AddressMatch.class) {
            return ref("text");
        } else if (type == Boolean.class || type == boolean.class) {
            return typed("boolean");
        } else if (type == Integer.class || type == Long.class) {
            return typed("integer");
        } else if (type instanceof Class<?> constants && constants.isEnum()) {
            ObjectNode one = JSON.createObjectNode();
            ArrayNode names = one.putArray("enum");
            for (Object constant : constants.getEnumConstants()) {
                names.add(constant.toString());
            }
            return one;
        } else if (type instanceof Class<?> part
                && part.isRecord()
                && part.getPackageName().endsWith(".azure")) {
            return reference(part, definitions);
        }
        return typed("string");
    }

    private static void enumerate(ObjectNode definitions, String definition, String field, Enum<?>... constants) {
        ArrayNode names = ((ObjectNode) definitions.at("/" + definition + "/properties/" + field)).putArray("enum");
        for (Enum<?> constant : constants) {
            names.add(constant.name());
        }
    }

    private static ObjectNode object() {
        ObjectNode object = typed("object");
        object.put("additionalProperties", false);
        object.putObject("properties");
        return object;
    }

    private static ObjectNode array(JsonNode items) {
        ObjectNode array = typed("array");
        array.set("items", items);
        return array;
    }

    private static ObjectNode typed(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode ref(String name) {
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }
}
