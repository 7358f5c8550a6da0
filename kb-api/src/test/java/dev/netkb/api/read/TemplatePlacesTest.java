package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule is found where it has to be changed: where it is written, not where it is used. */
class TemplatePlacesTest {

    /** The located places of all rules of groups by their names. */
    private static Map<String, Place> places(String... files) {
        ReadResult result = Template.read(files);
        Map<String, Place> places = new LinkedHashMap<>();
        Reading.snapshot(result).networkSecurityGroups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> !rule.isDefault())
                .forEach(rule -> places.put(
                        rule.name(),
                        result.locate().apply(((NsgRule) rule).provenance().place())));
        for (Place place : places.values()) {
            assertThat(place.line()).isPositive();
            assertThat(place.column()).isPositive();
            assertResolves(place, files);
        }
        return places;
    }

    private static void assertResolves(Place place, String... files) {
        for (int i = 0; i < files.length; i += 2) {
            if (files[i].equals(place.file())) {
                try {
                    var found = new ObjectMapper().readTree(files[i + 1]).at(JsonPointer.compile(place.pointer()));
                    assertThat(found.isMissingNode()).as(place.toString()).isFalse();
                    return;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no file " + place.file());
    }

    private static String at(Place place) {
        return place.file() + " " + place.pointer();
    }

    private static String group(String rules) {
        return "{\"type\": \"Microsoft.Network/networkSecurityGroups\", \"name\": \"g\", \"properties\": {" + rules
                + "}}";
    }

    @Test
    void whereARuleIsWritten() {
        String literal = Template.rule("literal", "100");
        String main = Template.of("\"parameters\": {\"def\": {\"type\": \"array\", \"defaultValue\": ["
                + Template.rule("ofDefault", "200")
                + "]}, \"file\": {\"type\": \"array\"}}, \"variables\": {\"list\": ["
                + Template.rule("ofVariable", "110") + ", "
                + Template.rule("second", "120") + "], \"one\": " + Template.rule("ofObject", "130")
                + "}, \"resources\": ["
                + group(
                        "\"securityRules\": \"[concat(variables('list'), parameters('def'), parameters('file'), createArray(variables('one')))]\"")
                + ", " + group("\"securityRules\": [" + literal + "]").replace("\"g\"", "\"h\"") + "]");
        Map<String, Place> places = places(
                "main.json",
                main,
                "main.parameters.json",
                Template.parameters("\"file\": {\"value\": [" + Template.rule("ofFile", "210") + "]}"));

        assertThat(at(places.get("literal"))).isEqualTo("main.json /resources/1/properties/securityRules/0");
        assertThat(at(places.get("ofVariable"))).isEqualTo("main.json /variables/list/0");
        assertThat(at(places.get("second"))).isEqualTo("main.json /variables/list/1");
        assertThat(at(places.get("ofObject"))).isEqualTo("main.json /variables/one");
        assertThat(at(places.get("ofDefault"))).isEqualTo("main.json /parameters/def/defaultValue/0");
        assertThat(at(places.get("ofFile"))).isEqualTo("main.parameters.json /parameters/file/value/0");
    }

    @Test
    void whereARuleOfALoopIsWritten() {
        String input = Template.rule(
                "[concat('looped', copyIndex('securityRules'))]", "\"[add(100, copyIndex('securityRules'))]\"");
        String mapped = "map(range(0, 1), lambda('i', createObject('name', 'mapped', 'properties', variables('p'))))";
        Map<String, Place> places = places(
                "main.json",
                Template.of(
                        "\"variables\": {\"p\": {\"priority\": 300, \"direction\": \"Inbound\", \"access\": \"Allow\", \"protocol\":"
                                + " \"*\", \"sourceAddressPrefix\": \"*\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\","
                                + " \"destinationPortRange\": \"*\"}}, \"resources\": ["
                                + group("\"copy\": [{\"name\": \"securityRules\", \"count\": 2, \"input\": " + input
                                        + "}]")
                                + ", "
                                + group("\"securityRules\": \"[" + mapped + "]\"")
                                        .replace("\"g\"", "\"h\"") + ", "
                                + Template.ruleResource(
                                        "[concat('g/single', copyIndex())]",
                                        "\"[add(200, copyIndex())]\"",
                                        "\"copy\": {\"name\": \"l\", \"count\": 2}")
                                + "]"));

        String inputAt = "main.json /resources/0/properties/copy/0/input";
        assertThat(at(places.get("looped0"))).isEqualTo(inputAt);
        assertThat(at(places.get("looped1"))).isEqualTo(inputAt);
        assertThat(at(places.get("single1"))).isEqualTo("main.json /resources/2");
        assertThat(at(places.get("mapped")))
                .as("the expression")
                .isEqualTo("main.json /resources/1/properties/securityRules");
    }

    @Test
    void whereARuleOfAModuleIsWritten() {
        String inner = "\"parameters\": {\"rules\": {\"type\": \"array\"}}, \"resources\": ["
                + group("\"securityRules\": \"[parameters('rules')]\"") + "]";
        Map<String, Place> places = places(
                "main.json",
                Template.of(
                        "\"variables\": {\"rules\": [" + Template.rule("ofVariable", "100") + "]}, \"resources\": ["
                                + Template.module(
                                        "a", "\"rules\": {\"value\": [" + Template.rule("given", "100") + "]}", inner)
                                + ", "
                                + Template.module(
                                        "b",
                                        "\"rules\": {\"value\": \"[variables('rules')]\"}",
                                        inner.replace("\"g\"", "\"h\""))
                                + ", "
                                + Template.module(
                                        "c",
                                        "",
                                        "\"resources\": ["
                                                + group("\"securityRules\": [" + Template.rule("inside", "100") + "]")
                                                        .replace("\"g\"", "\"i\"")
                                                + "]")
                                + ", {\"type\": \"Microsoft.Resources/deployments\", \"name\": \"d\", \"properties\": {\"templateLink\":"
                                + " {\"relativePath\": \"net.json\"}, \"parameters\": {\"rules\": {\"value\": \"[variables('rules')]\"}}}}]"),
                "net.json",
                Template.of("\"parameters\": {\"rules\": {\"type\": \"array\"}}, \"resources\": ["
                        + group("\"securityRules\": [" + Template.rule("linked", "100") + "]")
                                .replace("\"g\"", "\"j\"") + "]"));

        assertThat(at(places.get("given"))).isEqualTo("main.json /resources/0/properties/parameters/rules/value/0");
        assertThat(at(places.get("ofVariable"))).isEqualTo("main.json /variables/rules/0");
        assertThat(at(places.get("inside")))
                .isEqualTo("main.json /resources/2/properties/template/resources/0/properties/securityRules/0");
        assertThat(at(places.get("linked"))).isEqualTo("net.json /resources/0/properties/securityRules/0");
    }
}
