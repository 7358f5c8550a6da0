package dev.netkb.api.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.fix.Insertion.Entries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertionTest {

    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build());

    private static Map<String, Object> entry() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("priority", 100);
        inner.put("ports", List.of("80", "443"));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", "new");
        entry.put("properties", inner);
        return entry;
    }

    private static String inserted(String content, String pointer, Entries entries) {
        byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
        TextEdit edit = Insertion.of("a.json", utf8, pointer, entries).orElseThrow();
        return TextEdit.apply(List.of(edit), content);
    }

    private static String inserted(String content) {
        return inserted(content, "/rules", Entries.items(List.of(entry())));
    }

    @Test
    void takesOverIndentationAndLineEnds() {
        String before = """
                {
                	"rules": [
                		{
                			"name": "a"
                		}
                	]
                }
                """.replace("\n", "\r\n");

        assertThat(inserted(before)).isEqualTo("""
                {
                	"rules": [
                		{
                			"name": "a"
                		},
                		{
                			"name": "new",
                			"properties": {
                				"priority": 100,
                				"ports": [
                					"80",
                					"443"
                				]
                			}
                		}
                	]
                }
                """.replace("\n", "\r\n"));
    }

    @Test
    void keepsCommentsWithWhatTheyAreAbout() {
        assertThat(inserted("""
                {
                  "rules": [
                    // first
                    {
                      "name": "a"
                    } // allows ] all, "x"
                    // the end
                  ]
                }
                """)).isEqualTo("""
                {
                  "rules": [
                    // first
                    {
                      "name": "a"
                    }, // allows ] all, "x"
                    {
                      "name": "new",
                      "properties": {
                        "priority": 100,
                        "ports": [
                          "80",
                          "443"
                        ]
                      }
                    }
                    // the end
                  ]
                }
                """);
        assertThat(inserted("{\n  \"rules\": [\n    {\"name\": \"a\"} /* x */ \n  ]\n}"))
                .isEqualTo("{\n  \"rules\": [\n    {\"name\": \"a\"}, /* x */\n    {\"name\": \"new\", \"properties\":"
                        + " {\"priority\": 100, \"ports\": [\"80\", \"443\"]}} \n  ]\n}");
    }

    @Test
    void followsABracketOnTheSameLine() {
        assertThat(inserted("""
                {
                    "rules": [{
                        "name": "a"
                    }, {
                        "name": "b"
                    }]
                }
                """)).isEqualTo("""
                {
                    "rules": [{
                        "name": "a"
                    }, {
                        "name": "b"
                    }, {
                        "name": "new",
                        "properties": {
                            "priority": 100,
                            "ports": [
                                "80",
                                "443"
                            ]
                        }
                    }]
                }
                """);
    }

    @Test
    void staysInOneLineWhereTheFileDoes() {
        assertThat(inserted("{\"rules\":[{\"name\":\"a\"}]}"))
                .isEqualTo("{\"rules\":[{\"name\":\"a\"},{\"name\":\"new\",\"properties\":{\"priority\":100,\"ports\":"
                        + "[\"80\",\"443\"]}}]}");
        assertThat(inserted("{\"rules\": []}"))
                .isEqualTo("{\"rules\": [{\"name\": \"new\", \"properties\": {\"priority\": 100, \"ports\":"
                        + " [\"80\", \"443\"]}}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ ]", "[\n  ]"})
    void opensAnEmptyList(String list) {
        assertThat(inserted("{\n  \"rules\": " + list + "\n}")).isEqualTo("""
                {
                  "rules": [
                    {
                      "name": "new",
                      "properties": {
                        "priority": 100,
                        "ports": [
                          "80",
                          "443"
                        ]
                      }
                    }
                  ]
                }""");
    }

    @Test
    void addsMembersToObjects() {
        Entries member = Entries.member("list", List.of("a"));

        assertThat(inserted("{\n  \"p\": {\n    \"x\": 1\n  }\n}", "/p", member))
                .isEqualTo("{\n  \"p\": {\n    \"x\": 1,\n    \"list\": [\n      \"a\"\n    ]\n  }\n}");
        assertThat(inserted("{\n  \"p\": {}\n}", "/p", member))
                .isEqualTo("{\n  \"p\": {\n    \"list\": [\n      \"a\"\n    ]\n  }\n}");
        assertThat(inserted("{\n  \"p\": {\"x\": 1}\n}", "/p", member))
                .isEqualTo("{\n  \"p\": {\"x\": 1, \"list\": [\"a\"]}\n}");
    }

    @Test
    void quotesWhatWouldEndAText() {
        Entries hostile = Entries.items(List.of("a\"],\n\u0001\\"));

        assertThat(inserted("[\n  1\n]", "", hostile)).isEqualTo("[\n  1,\n  \"a\\\"],\\n\\u0001\\\\\"\n]");
    }

    @Test
    void findsNothingWhereThereIsNoList() {
        for (String pointer : List.of("/rules", "/other", "/rules/0", "/deep/x")) {
            byte[] utf8 =
                    "{\"rules\": \"[variables('x')]\", \"deep\": [1, {\"x\": []}]}".getBytes(StandardCharsets.UTF_8);
            assertThat(Insertion.of("a.json", utf8, pointer, Entries.items(List.of(entry()))))
                    .as(pointer)
                    .isEmpty();
        }
        byte[] torn = "{\"rules\": [1, ".getBytes(StandardCharsets.UTF_8);
        assertThat(Insertion.of("a.json", torn, "/rules", Entries.items(List.of(entry()))))
                .isEmpty();
    }

    /** Whatever stands there, and however: one entry more, the others as they were, and no other line is touched. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[ 1, -2.5e3 ]",
                "[\n  \"text, ]\",\n  null\n]",
                "[true]",
                "[\n  [1, 2],\n  [3]\n]",
                "[ // nothing\n]",
                "[ /* nothing */ ]",
                "[\n/* nothing\n at all */]",
                "[\n{\"a\": \"\ud83d\ude00 ]\"} /* \ud83d\ude00 */ /* two */\n]",
                "[\n    {\"a\": 1}\n    // one, ]\n    , {\"b\": 2}]",
                "[{\"a\": 1}\n,\n{\"b\":\n2}\n// last\n]"
            })
    void addsOneEntryAndKeepsTheRest(String list) throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            String before = ("{\n  \"before\": \"\ud83d\ude00\",\n  \"rules\": " + list + ", \"after\": [2]\n}\n")
                    .replace("\n", end);
            String after = inserted(before);

            JsonNode was = JSON.readTree(before);
            JsonNode is = JSON.readTree(after);
            assertThat(is.get("rules").size())
                    .as(after)
                    .isEqualTo(was.get("rules").size() + 1);
            assertThat(is.get("rules").get(was.get("rules").size())).isEqualTo(JSON.valueToTree(entry()));
            for (int i = 0; i < was.get("rules").size(); i++) {
                assertThat(is.get("rules").get(i)).isEqualTo(was.get("rules").get(i));
            }
            assertThat(is.get("after")).isEqualTo(was.get("after"));
            assertThat(after.replace("\r\n", "")).doesNotContain("\r");
            if (end.equals("\r\n")) {
                assertThat(after.replace("\r\n", "")).doesNotContain("\n");
            }
            for (String comment : List.of("// nothing", "/* nothing", "/* two */", "// one, ]", "// last")) {
                assertThat(after.contains(comment)).isEqualTo(before.contains(comment));
            }
        }
    }
}
