package dev.netkb.api.render;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** What is wrong with a document by its schema. */
final class Schemas {

    /** The schema of SARIF as it was published. */
    private static final String SARIF = "schema/sarif-schema-2.1.0.json";

    private Schemas() {}

    static List<String> sarif(CharSequence json) throws IOException {
        return errors(SARIF, SpecificationVersion.DRAFT_7, json);
    }

    /** @param schema a resource of this project */
    static List<String> own(String schema, CharSequence json) throws IOException {
        return errors(schema, SpecificationVersion.DRAFT_2020_12, json);
    }

    private static List<String> errors(String schema, SpecificationVersion version, CharSequence json)
            throws IOException {
        try (InputStream in = Schemas.class.getClassLoader().getResourceAsStream(schema)) {
            return SchemaRegistry.withDefaultDialect(version)
                    .getSchema(Objects.requireNonNull(in, schema))
                    .validate(json.toString(), InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }
}
