package dev.netkb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of the files that people write: waivers, and parameters of the rules. */
class SettingsSchemasTest {

    private static final String WAIVERS = "netkb/schema/waivers-1.schema.json";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WAIVER = """
            - rule: C-FLOW-OUT-SQL
              subject: /subscriptions/*/resourceGroups/shop/*
              reason: the portal is moved in October
              owner: network team
              expires: 2026-12-31
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                WAIVER,
                "[{\"rule\": \"C-NET-05\", \"subject\": \"*\", \"reason\": \"r\", \"owner\": \"o\", \"expires\": \"2027-02-28\"}]"
            })
    void takesWaivers(String text) throws IOException {
        assertThat(errors(WAIVERS, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule", "subject", "reason", "owner", "expires"})
    void refusesAWaiverThatLeavesSomethingOut(String left) throws IOException {
        String without = left.equals("rule")
                ? WAIVER.replaceFirst("rule: .*\n {2}", "")
                : WAIVER.replaceFirst(" {2}" + left + ": .*\n", "");

        assertThat(without).isNotEqualTo(WAIVER);
        assertThat(errors(WAIVERS, without)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule: c-net-05",
                "rule: anything goes",
                "rule: '*'",
                "subject: ''",
                "subject: shop",
                "reason: ' '",
                "owner: ''",
                "expires: never",
                "expires: 2026-13-01",
                "expires: 31.12.2026",
                "until: 2026-12-31"
            })
    void refusesAWaiverWithSuchALine(String line) throws IOException {
        String key = line.substring(0, line.indexOf(':'));
        String changed =
                WAIVER.contains(key + ":") ? WAIVER.replaceFirst(key + ": .*", line) : WAIVER + "  " + line + "\n";

        assertThat(errors(WAIVERS, changed)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule: C-NET-05", "{}", "waivers: []", "- C-NET-05"})
    void refusesWhatIsNoListOfWaivers(String text) throws IOException {
        assertThat(errors(WAIVERS, text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.4", "10.0.1.4,10.0.1.5", "10.0.1.4, fd00::4", "fd00::4", "10.0.1.4/32"})
    void takesTheParametersThatTheRulesTake(String addresses) throws IOException {
        assertThatCode(() -> Parameters.parse(Map.of("trustedAppliances", addresses)))
                .doesNotThrowAnyException();
        assertThat(errors(Parameters.SCHEMA_RESOURCE, "trustedAppliances: '" + addresses + "'"))
                .isEmpty();
        assertThat(errors(
                        Parameters.SCHEMA_RESOURCE,
                        "trustedAppliances: ['" + String.join("', '", addresses.split(", ?", -1)) + "']"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "firewall", "10.0.1.0/24", "10.0.1.4;10.0.1.5", "10.0.1.4,"})
    void refusesTheParametersThatTheRulesRefuse(String addresses) throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> Parameters.parse(Map.of("trustedAppliances", addresses)));
        assertThat(errors(Parameters.SCHEMA_RESOURCE, "trustedAppliances: '" + addresses + "'"))
                .isNotEmpty();
        assertThat(errors(Parameters.SCHEMA_RESOURCE, "trustedAppliances: ['" + addresses + "']"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustedAppliance: 10.0.1.4", "trustedAppliances: 4", "trustedAppliances: []", "[]"})
    void refusesOtherParameters(String text) throws IOException {
        assertThat(errors(Parameters.SCHEMA_RESOURCE, text)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Parameter.class)
    void takesAnExampleOfEveryParameterAndNothingElse(Parameter parameter) throws IOException {
        boolean number = !parameter.type().isList();
        String example = parameter.type().example();
        String quoted = number ? example : "'" + example + "'";

        assertThat(errors(Parameters.SCHEMA_RESOURCE, parameter.key() + ": " + quoted))
                .isEmpty();
        if (!number) {
            assertThat(errors(
                            Parameters.SCHEMA_RESOURCE, parameter.key() + ": ['" + example.replace(",", "', '") + "']"))
                    .isEmpty();
        }
        assertThat(errors(Parameters.SCHEMA_RESOURCE, parameter.key() + ": 'some words'"))
                .isNotEmpty();
        assertThat(errors(Parameters.SCHEMA_RESOURCE, parameter.key() + ": 0")).isNotEmpty();
    }

    @Test
    void hasAKeyForEveryParameter() throws IOException {
        List<String> keys = new ArrayList<>();
        try (InputStream in = schema(Parameters.SCHEMA_RESOURCE)) {
            JSON.readTree(in).get("properties").fieldNames().forEachRemaining(keys::add);
        }
        assertThat(keys).containsExactlyInAnyOrderElementsOf(Parameters.KEYS);
    }

    private static List<Error> errors(String resource, String yaml) throws IOException {
        JsonNode read = YAML.readTree(yaml);
        try (InputStream in = schema(resource)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in)
                    .validate(JSON.writeValueAsString(read), InputFormat.JSON);
        }
    }

    private static InputStream schema(String resource) {
        InputStream in = SettingsSchemasTest.class.getClassLoader().getResourceAsStream(resource);
        assertThat(in).as("the schema in the jar").isNotNull();
        return in;
    }
}
