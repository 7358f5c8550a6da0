package dev.netkb.api.read.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.export.ExportForm;
import dev.netkb.api.export.ExportScope;
import dev.netkb.api.export.ExportScript;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the readers know, the scripts export: a new mapper or kind of answer fails here until they do. */
class ExportedTypesTest {

    private static final String SERVICE = "microsoft.apimanagement/service";

    /** Parts that stand inside their resource, by what holds them. */
    private static final Map<String, String> INSIDE = Map.of(
            "microsoft.network/virtualnetworks/subnets", "microsoft.network/virtualnetworks",
            "microsoft.network/virtualnetworks/virtualnetworkpeerings", "microsoft.network/virtualnetworks",
            "microsoft.network/networksecuritygroups/securityrules", "microsoft.network/networksecuritygroups",
            "microsoft.network/networksecuritygroups/defaultsecurityrules", "microsoft.network/networksecuritygroups",
            "microsoft.network/routetables/routes", "microsoft.network/routetables");

    /** What is asked for one by one, by what stands in the address. */
    private static final Map<String, String> ASKED = Map.ofEntries(
            Map.entry("microsoft.apimanagement/gateways/configconnections", "/configConnections?"),
            Map.entry("microsoft.authorization/locks", "/providers/Microsoft.Authorization/locks?"),
            Map.entry(SERVICE + "/apis", "/apis?"),
            Map.entry(SERVICE + "/backends", "/backends?"),
            Map.entry(SERVICE + "/workspaces/apis", "APIs of workspace"),
            Map.entry(SERVICE + "/workspaces/backends", "backends of workspace"),
            Map.entry(SERVICE + "/gateways", "/gateways?"),
            Map.entry(SERVICE + "/caches", "/caches?"),
            Map.entry(SERVICE + "/loggers", "/loggers?"),
            Map.entry(SERVICE + "/identityproviders", "/identityProviders?"),
            Map.entry(SERVICE + "/authorizationproviders", "/authorizationProviders?"),
            Map.entry(SERVICE + "/namedvalues", "/namedValues?"),
            Map.entry(SERVICE + "/policies", "/policies?"),
            Map.entry(SERVICE + "/apis/policies", "policies of API"),
            Map.entry(SERVICE + "/apis/operations/policies", "policies of operation"),
            Map.entry(SERVICE + "/products/policies", "policies of product"));

    /** Answers that are no resources, by the names in which the forms ask for them. */
    private static final Map<String, Set<String>> ANSWERS = Map.of(
            StatusReader.KIND,
            Set.of("/networkstatus?"),
            AdminRuleReader.KIND,
            Set.of("/listNetworkManagerEffectiveSecurityAdminRules?"),
            ProviderReader.KIND,
            Set.of("provider show --namespace Microsoft.Web", "/providers/Microsoft.Web?"),
            EffectiveReader.ROUTES,
            Set.of("show-effective-route-table", "/effectiveRouteTable?"),
            EffectiveReader.RULES,
            Set.of("list-effective-nsg", "/effectiveNetworkSecurityGroups?"),
            "microsoft.network/servicetags",
            Set.of("list-service-tags", "/serviceTags?"));

    @ParameterizedTest
    @EnumSource(ExportForm.class)
    void everyTypeOfAMapperIsExported(ExportForm form) {
        String script = ExportScript.print(form, ExportScope.ALL);
        Set<String> left = new TreeSet<>();
        for (String type : Mappers.types()) {
            if (!isExported(type, script)) {
                left.add(type);
            }
        }
        assertThat(left)
                .as("types that are read and that no command of %s exports", form)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ExportForm.class)
    void everyKindOfAnswerIsExported(ExportForm form) {
        String script = ExportScript.print(form, ExportScope.ALL);
        assertThat(ANSWERS)
                .allSatisfy((kind, names) ->
                        assertThat(names).as("what asks for %s", kind).anyMatch(script::contains));
    }

    private static boolean isExported(String type, String script) {
        String holder = INSIDE.getOrDefault(type, type);
        if (ASKED.containsKey(type)) {
            return script.contains(ASKED.get(type));
        }
        if (holder.startsWith("microsoft.network/privatednszones/") && !holder.endsWith("/virtualnetworklinks")) {
            return script.contains("/ALL?");
        }
        String last = holder.substring(holder.lastIndexOf('/') + 1);
        return script.contains(holder + "'")
                || script.contains(holder + " ")
                || script.toLowerCase(Locale.ROOT).contains("$1/" + last + "?");
    }
}
