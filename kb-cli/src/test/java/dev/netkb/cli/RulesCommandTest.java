package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.render.ParameterRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code netkb rules list} chooses. */
class RulesCommandTest {

    private static final Pattern ID = Pattern.compile("(?m)^((?:C|SEED|V2I)-\\S+)");
    private static final Pattern JSON_ID = Pattern.compile("\"id\": \"([^\"]+)\"");

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "--baseline auto,           C-FLOW-IN C-NET-05 C-NET-06 SEED-S1 V2I-NSG",
        "--baseline seed,           SEED-S1",
        "--baseline 2016-12,        C-NET-06 SEED-S1",
        "--baseline 2023-11,        C-FLOW-IN C-NET-05 C-NET-06 SEED-S1",
        "--platform stv1,           C-NET-05 C-NET-06 SEED-S1",
        "--platform STV2,           C-FLOW-IN C-NET-05 C-NET-06 SEED-S1",
        "--model v2injection,       V2I-NSG",
        "--family C,                C-FLOW-IN C-NET-05 C-NET-06",
        "--family C-NET,            C-NET-05 C-NET-06",
        "--family c-net-*,          C-NET-05 C-NET-06",
        "--family C-NET-05,         C-NET-05",
        "--family SEED,             SEED-S1",
        "--severity error,          C-NET-05 SEED-S1 V2I-NSG",
        "--severity Warning,        C-FLOW-IN",
        "--decidable yes,           C-FLOW-IN C-NET-05 SEED-S1 V2I-NSG",
        "--decidable no,            C-NET-06",
        "--family C --severity error --platform stv1 --baseline 2023-11, C-NET-05",
    })
    void listsWhatMeetsAllOptions(String options, String ids) {
        List<String> wanted = Arrays.asList(ids.split(" "));

        assertThat(ids(ID, list(options + " --format table").out())).isEqualTo(wanted);
        assertThat(ids(JSON_ID, list(options + " --format json").out())).isEqualTo(wanted);
    }

    @Test
    void listsNothingWhereNothingMeetsThemAll() {
        Ran ran = list("--decidable no --family V2I");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("0 requirements");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--baseline 2015-01 | '2015-01' is before the first requirements",
                "--baseline new     | use auto, seed or YYYY-MM",
                "--platform stv3    | --platform stv3: 'stv3' is nothing that a requirement has. Did you mean stv1 or stv2?"
                        + " Use one of: stv1, stv2",
                "--model v3         | Use one of: classic, v2Injection",
                "--family C-NE      | 'C-NE' is nothing that an id begins with. Did you mean C-NET? Use one of: C-FLOW, C-NET, SEED, V2I",
                "--family -         | Use one of: C-FLOW, C-NET, SEED, V2I",
                "--severity fatal   | Use one of: error, warning, info",
                "--decidable maybe  | Use one of: yes, no",
            })
    void refusesAValueThatNothingHas(String options, String message) {
        Ran ran = list(options);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains(message, "see netkb rules list --help");
        assertThat(ran.out()).isEmpty();
    }

    private Ran list(String options) {
        List<String> words = new ArrayList<>(List.of("rules", "list"));
        words.addAll(List.of(options.split(" ")));
        return Ran.with(world, words.toArray(String[]::new));
    }

    private static List<String> ids(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult id) -> id.group(1))
                .toList();
    }

    @Test
    void listsTheParametersWithTheValuesInForce() {
        String table = list("--parameters --set classicLongestPrefix=27 --format table")
                .out();

        assertThat(table)
                .contains("classicLongestPrefix = 27   (otherwise 29)")
                .contains("trustedAppliances = nothing")
                .contains("read by C-SIZE-MIN")
                .contains("13 parameters");
        assertThat(list("--parameters --format json").out())
                .contains("\"schema\": \"netkb/parameter-list/1\"")
                .contains("\"name\": \"clientRanges\"");
        assertThat(list("--parameters --set classicLongestPrefix=wide --format table")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void theListOfParametersIsWhatItsSchemaSays() throws IOException {
        String json = list("--parameters --format json").out();
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(ParameterRenderer.SCHEMA_RESOURCE)) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(in)
                            .validate(json, InputFormat.JSON))
                    .isEmpty();
        }
    }
}
