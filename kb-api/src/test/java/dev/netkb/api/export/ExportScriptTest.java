package dev.netkb.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportScriptTest {

    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    /** What the CLI is asked for; everything else would have to be looked at before it comes in here. */
    private static final Set<String> READING = Set.of(
            "graph query",
            "rest --method get",
            "rest --method post",
            "account list",
            "resource list",
            "provider show",
            "network list-service-tags",
            "network nic show-effective-route-table",
            "network nic list-effective-nsg");

    private static final Set<String> READING_CMDLETS =
            Set.of("Search-AzGraph", "Invoke-AzRestMethod -Method GET", "Invoke-AzRestMethod -Method POST");

    @ParameterizedTest
    @EnumSource(ExportForm.class)
    void isTheScriptThatWasLookedAt(ExportForm form) throws IOException {
        String script = ExportScript.print(form, ExportScope.ALL);
        Path file = GOLDEN.resolve(
                "export-" + form.name().toLowerCase(Locale.ROOT) + (form == ExportForm.POWERSHELL ? ".ps1" : ".sh"));
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(file, script);
        }
        assertThat(script)
                .as("%s; run with -Dnetkb.golden.update=true if the change is meant", file)
                .isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARG", "AZ"})
    void asksTheCommandLineOnlyToRead(ExportForm form) {
        // Every question goes through one of these words of the script, or names az itself.
        List<String> asked = Pattern.compile(
                        "(?:\\baz|\\bask (?:\"[^\"]*\"|'[^']*')|\\btexts (?:\"[^\"]*\"|'[^']*')) ([a-z]+(?: --method \\w+|(?: [a-z][a-z-]*)*))")
                .matcher(ExportScript.print(form, ExportScope.ALL)
                        .replace("\\\n", "")
                        .lines()
                        .filter(line -> !line.strip().startsWith("#") && !line.contains("printf 'az is not"))
                        .reduce("", (a, b) -> a + "\n" + b))
                .results()
                .map(found -> found.group(1).strip())
                .filter(words -> !words.startsWith("login"))
                .toList();

        assertThat(asked)
                .hasSizeGreaterThan(8)
                .allSatisfy(words -> assertThat(READING).contains(words));
    }

    @ParameterizedTest
    @EnumSource(ExportForm.class)
    void postsOnlyToWhatComputesAList(ExportForm form) {
        List<String> posts = Pattern.compile("(?is)method post.{0,80}")
                .matcher(ExportScript.print(form, ExportScope.ALL))
                .results()
                .map(MatchResult::group)
                .toList();
        if (form == ExportForm.POWERSHELL) {
            assertThat(posts).hasSize(1);
            assertThat(Pattern.compile("Get-Computed \"[^\"]*\" `?\\s*\"\\$\\w+/(\\w+)\\?")
                            .matcher(ExportScript.print(form, ExportScope.ALL))
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactlyInAnyOrder(
                            "listNetworkManagerEffectiveSecurityAdminRules",
                            "effectiveRouteTable",
                            "effectiveNetworkSecurityGroups");
        } else {
            assertThat(posts).singleElement().asString().contains("/listNetworkManagerEffectiveSecurityAdminRules?");
        }
        assertThat(ExportScript.print(form, ExportScope.ALL).toLowerCase(Locale.ROOT))
                .doesNotContainPattern("method (put|patch|delete)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POWERSHELL"})
    void asksTheCmdletsOnlyToRead(ExportForm form) {
        List<String> asked = Pattern.compile("\\w+-Az\\w+(?: -Method \\w+)?")
                .matcher(ExportScript.print(form, ExportScope.ALL)
                        .lines()
                        .filter(line -> !line.strip().startsWith("#"))
                        .reduce("", (a, b) -> a + "\n" + b))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(asked)
                .hasSizeGreaterThan(3)
                .allSatisfy(words -> assertThat(READING_CMDLETS).contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "x'; rm -rf ~; '", "$(id)", "`id`", "a\nb", "11111111-2222-3333-4444-55555555555"})
    void refusesWhatIsNoSubscription(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(value, null, null, "export"))
                .withMessageContaining("the subscription is '")
                .withMessageContaining("must be the id of a subscription")
                .matches(e -> !String.valueOf(e.getMessage()).contains("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x'y", "$(id)", "a\nb", "a/b", "name."})
    void refusesWhatIsNoResourceGroup(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(SUBSCRIPTION, value, null, "export"))
                .withMessageContaining("must be the name of a resource group");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop'",
                "shop or 1 == 1",
                "1shop",
                "/subscriptions/x/resourceGroups/g/providers/Microsoft.ApiManagement/service/shop",
                "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/g/providers/Microsoft.Sql/servers/shop",
                "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/g/providers/Microsoft.ApiManagement/service/a'$(id)"
            })
    void refusesWhatIsNoInstance(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(SUBSCRIPTION, null, value, "export"))
                .withMessageContaining("must be the name of an API Management instance");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\nb", "a\u0000b", "a\u2028b", "a\u202eb", "a\u001b[2Jb"})
    void refusesAFolderThatIsNoText(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(SUBSCRIPTION, null, null, value))
                .withMessageContaining("the folder is '");
    }

    @ParameterizedTest
    @EnumSource(ExportForm.class)
    void quotesTheFolder(ExportForm form) {
        String script = ExportScript.print(form, scope(SUBSCRIPTION, "rg-ü(1)", "shop", "-it's $(id) `id` \u2019; x"));

        assertThat(script)
                .contains(
                        form == ExportForm.POWERSHELL
                                ? "$out = './-it''s $(id) `id` \u2019\u2019; x'\n"
                                : "out='./-it'\\''s $(id) `id` \u2019; x'\n")
                .contains("'" + SUBSCRIPTION + "'", "'rg-ü(1)'", "'shop'");
    }

    private static ExportScope scope(
            String subscription, @Nullable String group, @Nullable String service, String folder) {
        return new ExportScope(List.of(subscription), List.of(), group, service, folder, false);
    }
}
