package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Evaluated.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.template.Evaluated.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids in every scope, as Microsoft's page "Resource functions for ARM templates" gives their shapes. */
class ScopesTest {

    private static final String GUID = "11111111-1111-1111-1111-111111111111";
    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroup}";

    /** The value of an expression in a template with another schema. */
    private static Json at(String schema, String expression) {
        String text = Evaluated.template("\"resources\": [" + thing("x", '"' + expression + '"') + "]")
                .replace("deploymentTemplate.json", schema);
        return Evaluated.files(new Source("main.json", text)).property("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "resourceId('A.B/c', 'n')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n",
                "resourceId('A.B/c/', 'n')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n",
                "resourceId('A.B/c/d', 'n', 'm')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n/d/m",
                "resourceId('A.B/c/d', 'n/m')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n/d/m",
                "resourceId('g', 'A.B/c', 'n')|/subscriptions/{subscription}/resourceGroups/g/providers/A.B/c/n",
                "resourceId('11111111-1111-1111-1111-111111111111', 'g', 'A.B/c', 'n')|/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/g/providers/A.B/c/n",
                "subscriptionResourceId('A.B/c', 'n')|/subscriptions/{subscription}/providers/A.B/c/n",
                "subscriptionResourceId('11111111-1111-1111-1111-111111111111', 'A.B/c', 'n')|/subscriptions/11111111-1111-1111-1111-111111111111/providers/A.B/c/n",
                "subscriptionResourceId('Microsoft.Resources/resourceGroups', 'g')|/subscriptions/{subscription}/resourceGroups/g",
                "tenantResourceId('A.B/c', 'n')|/providers/A.B/c/n",
                "managementGroupResourceId('m', 'A.B/c', 'n')|/providers/Microsoft.Management/managementGroups/m/providers/A.B/c/n",
                "extensionResourceId(resourceGroup().id, 'A.B/c', 'n')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n",
                "extensionResourceId('/subscriptions/s', 'A.B/c/d', 'n', 'm')|/subscriptions/s/providers/A.B/c/n/d/m",
                "extensionResourceId(resourceId('A.B/c', 'n'), 'Microsoft.Authorization/locks', 'l')|/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/n/providers/Microsoft.Authorization/locks/l"
            })
    void ids(String call, String id) {
        assertThat(at("deploymentTemplate.json", "[" + call + "]")).hasToString('"' + id + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "subscriptionDeploymentTemplate.json|resourceId('A.B/c', 'n')|/subscriptions/{subscription}/providers/A.B/c/n",
                "subscriptionDeploymentTemplate.json|resourceId('11111111-1111-1111-1111-111111111111', 'A.B/c', 'n')|/subscriptions/11111111-1111-1111-1111-111111111111/providers/A.B/c/n",
                "subscriptionDeploymentTemplate.json|resourceId('g', 'A.B/c', 'n')|/subscriptions/{subscription}/resourceGroups/g/providers/A.B/c/n",
                "managementGroupDeploymentTemplate.json|managementGroupResourceId('A.B/c', 'n')|/providers/Microsoft.Management/managementGroups/{managementGroup}/providers/A.B/c/n",
                "tenantDeploymentTemplate.json|resourceId('A.B/c', 'n')|/providers/A.B/c/n",
                "tenantDeploymentTemplate.json|tenantResourceId('Microsoft.Management/managementGroups', 'm')|/providers/Microsoft.Management/managementGroups/m"
            })
    void idsOfTemplatesForOtherScopes(String schema, String call, String id) {
        assertThat(at(schema, "[" + call + "]")).hasToString('"' + id + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "resourceId('A.B/c')",
                "resourceId('A.B/c', 'n', 'm')",
                "resourceId('c', 'n')",
                "resourceId()",
                "resourceId(1, 'A.B/c', 'n')",
                "extensionResourceId('/x', 'A.B/c')",
                "subscriptionResourceId('a', 'b', 'A.B/c', 'n')",
                "resourceGroup().name",
                "subscription().subscriptionId",
                "equals(resourceGroup().name, 'x')",
                "resourceGroup().tags.owner",
                "deployment().name",
                "managementGroup().name",
                "newGuid()",
                "utcNow('d')",
                "deployer().objectId",
                "listKeys('x', '2020-01-01').keys[0].value",
                "pickZones('A.B', 'c', 'westeurope')",
                "nothing('x')"
            })
    void whatOnlyADeploymentKnowsIsUnknown(String call) {
        assertThat(at("deploymentTemplate.json", "[" + call + "]")).isInstanceOf(Json.Unknown.class);
    }

    @Test
    void anIdWithANameThatIsNotKnownStandsForIt() {
        Json value = Evaluated.value(
                "\"parameters\": {\"p\": {\"type\": \"string\"}}",
                "[resourceId(subscription().subscriptionId, resourceGroup().name, 'A.B/c', concat('n-', parameters('p')))]");

        assertThat(value).isInstanceOf(Json.Unknown.class);
        assertThat(((Json.Unknown) value).symbol()).isEqualTo(GROUP + "/providers/A.B/c/n-{p}");
    }

    @Test
    void deploymentsToOtherScopes() {
        String module = """
                {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "%s", %s "properties": {
                  "expressionEvaluationOptions": {"scope": "%s"},
                  "template": {"resources": [{"type": "A.B/c", "name": "%s", "properties": {
                    "value": "[resourceId('A.B/d', 'e')]"}}]}}}""";
        Evaluated plan = Evaluated.of("\"resources\": ["
                + String.join(
                        ", ",
                        module.formatted("m1", "\"resourceGroup\": \"g\",", "inner", "group"),
                        module.formatted("m2", "\"resourceGroup\": \"g\",", "outer", "outer"),
                        module.formatted(
                                "m3",
                                "\"subscriptionId\": \"" + GUID + "\", \"resourceGroup\": \"g\",",
                                "inner",
                                "both"),
                        module.formatted(
                                "m4",
                                "\"subscriptionId\": \"" + GUID + "\", \"location\": \"x\",",
                                "inner",
                                "subscription"),
                        module.formatted("m5", "\"scope\": \"/subscriptions/s/resourceGroups/h\",", "inner", "scope"),
                        module.formatted("m6", "\"scope\": \"/\",", "inner", "tenant"),
                        module.formatted("m7", "\"resourceGroup\": \"[reference('q').name]\",", "inner", "unknown"))
                + "]");

        assertThat(plan.ids())
                .containsExactly(
                        "/subscriptions/{subscription}/resourceGroups/g/providers/A.B/c/group",
                        "/subscriptions/{subscription}/resourceGroups/g/providers/A.B/c/outer",
                        "/subscriptions/" + GUID + "/resourceGroups/g/providers/A.B/c/both",
                        "/subscriptions/" + GUID + "/providers/A.B/c/subscription",
                        "/subscriptions/s/resourceGroups/h/providers/A.B/c/scope",
                        "/providers/A.B/c/tenant",
                        "/subscriptions/{subscription}/resourceGroups/{[reference('q').name]}/providers/A.B/c/unknown");
        assertThat(plan.property("group"))
                .hasToString("\"/subscriptions/{subscription}/resourceGroups/g/providers/A.B/d/e\"");
        assertThat(plan.property("outer"))
                .as("functions of the outer scope")
                .hasToString('"' + GROUP + "/providers/A.B/d/e\"");
        assertThat(plan.property("subscription")).hasToString("\"/subscriptions/" + GUID + "/providers/A.B/d/e\"");
    }

    @Test
    void aSubscriptionTemplateWithAGroupAndAModuleInIt() {
        String text = Evaluated.template("""
                "parameters": {"location": {"type": "string", "defaultValue": "[deployment().location]"}},
                "resources": [
                  {"type": "Microsoft.Resources/resourceGroups", "apiVersion": "2022-09-01", "name": "rg", "location": "northeurope"},
                  {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "net", "resourceGroup": "rg",
                   "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": {
                     "parameters": {"location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
                     "resources": [{"type": "A.B/c", "name": "n", "properties": {"value": "[parameters('location')]"}}],
                     "outputs": {"id": {"type": "string", "value": "[resourceId('A.B/c', 'n')]"}}}}},
                  {"type": "A.B/s", "name": "s", "properties": {
                     "value": "[reference(extensionResourceId(format('/subscriptions/{0}/resourceGroups/{1}', subscription().subscriptionId, 'rg'), 'Microsoft.Resources/deployments', 'net'), '2022-09-01').outputs.id.value]",
                     "location": "[parameters('location')]"}}]""").replace("deploymentTemplate.json", "subscriptionDeploymentTemplate.json");
        Evaluated plan = Evaluated.at("westeurope", new Source("main.json", text));

        assertThat(plan.ids())
                .containsExactly(
                        "/subscriptions/{subscription}/providers/Microsoft.Resources/resourceGroups/rg",
                        "/subscriptions/{subscription}/resourceGroups/rg/providers/A.B/c/n",
                        "/subscriptions/{subscription}/providers/A.B/s/s");
        assertThat(plan.property("n")).hasToString("\"northeurope\"");
        assertThat(plan.property("s"))
                .hasToString("\"/subscriptions/{subscription}/resourceGroups/rg/providers/A.B/c/n\"");
        assertThat(plan.property("s", "location")).hasToString("\"westeurope\"");
    }

    @Test
    void extensionResourcesInAllSpellings() {
        Evaluated plan = Evaluated.of("""
                "resources": [
                  {"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {}, "resources": [
                     {"type": "providers/locks", "name": "Microsoft.Authorization/inside", "properties": {}}]},
                  {"type": "Microsoft.Network/virtualNetworks/providers/locks", "name": "v/Microsoft.Authorization/old", "properties": {}},
                  {"type": "Microsoft.Authorization/locks", "name": "new", "scope": "Microsoft.Network/virtualNetworks/v", "properties": {}},
                  {"type": "Microsoft.Authorization/locks", "name": "child", "scope": "[format('Microsoft.Network/virtualNetworks/{0}/subnets/{1}', 'v', 's')]", "properties": {}},
                  {"type": "Microsoft.Authorization/locks", "name": "byId", "scope": "[resourceId('Microsoft.Network/virtualNetworks', 'v')]", "properties": {}},
                  {"type": "Microsoft.Authorization/locks", "name": "group", "properties": {}}]""");

        String vnet = GROUP + "/providers/Microsoft.Network/virtualNetworks/v";
        assertThat(plan.ids())
                .containsExactly(
                        vnet,
                        vnet + "/providers/Microsoft.Authorization/locks/inside",
                        vnet + "/providers/Microsoft.Authorization/locks/old",
                        vnet + "/providers/Microsoft.Authorization/locks/new",
                        vnet + "/subnets/s/providers/Microsoft.Authorization/locks/child",
                        vnet + "/providers/Microsoft.Authorization/locks/byId",
                        GROUP + "/providers/Microsoft.Authorization/locks/group");
    }

    @Test
    void anIdWithoutItsGroupIsTakenForTheOnlyOneAndTold() {
        String text = Evaluated.template("""
                "variables": {"here": "[resourceId('Test.Test/things', 'a')]"},
                "resources": [
                  {"type": "Microsoft.Resources/deployments", "name": "d", "resourceGroup": "rg", "properties": {
                    "template": {"resources": [
                      {"type": "Test.Test/things", "name": "a", "properties": {"value": 1}},
                      {"type": "Test.Test/things", "name": "b", "properties": {
                         "value": "[variables('here')]",
                         "child": "[resourceId('Test.Test/things/parts', 'a', 'p')]",
                         "other": "[resourceId('Test.Test/things', 'nobody')]",
                         "role": "[subscriptionResourceId('Test.Test/roles', 'r')]"}}]}}}]""").replace("deploymentTemplate.json", "subscriptionDeploymentTemplate.json");
        Evaluated plan = Evaluated.files(new Source("main.json", text));

        String group = "\"/subscriptions/{subscription}/resourceGroups/rg/providers/Test.Test/things/a";
        assertThat(plan.property("b")).hasToString(group + "\"");
        assertThat(plan.property("b", "child")).hasToString(group + "/parts/p\"");
        assertThat(plan.property("b", "other"))
                .hasToString("\"/subscriptions/{subscription}/providers/Test.Test/things/nobody\"");
        assertThat(plan.property("b", "role"))
                .hasToString("\"/subscriptions/{subscription}/providers/Test.Test/roles/r\"");
        assertThat(plan.problems())
                .filteredOn(problem -> problem.code().equals("KB-N117"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message()).contains("names no resource group", "'rg'"))
                .extracting(problem -> problem.at().pointer())
                .allSatisfy(pointer -> assertThat(pointer).startsWith("/resources/0/properties/template/resources/1/"));
    }
}
