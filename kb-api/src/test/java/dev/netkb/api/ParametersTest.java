package dev.netkb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.internal.pack.ParametersFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.value.AddressPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {

    @Test
    void trustedAppliancesAreAddresses() {
        assertThat(Parameters.parse(Map.of("trustedAppliances", "10.0.1.4, 10.0.1.5"))
                        .trustedAppliances())
                .containsExactlyInAnyOrder(AddressPrefix.parse("10.0.1.4"), AddressPrefix.parse("10.0.1.5"));
    }

    @Test
    void aBlockIsNoAppliance() {
        assertThatThrownBy(() -> Parameters.parse(Map.of("trustedAppliances", "10.0.1.0/24")))
                .hasMessageContaining("'10.0.1.0/24', which is no address");
    }

    @Test
    void aSlipOfTheFingerIsTold() {
        assertThatThrownBy(() -> Parameters.parse(Map.of("trustedAppliance", "10.0.1.4")))
                .hasMessageContaining("there is no parameter 'trustedAppliance'\nMaybe trustedAppliances.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clientRanges=203.0.113.5/24 | clientRanges has '203.0.113.5/24', which is no range: 203.0.113.5 is not its first"
                        + " address; write 203.0.113.0/24 or 203.0.113.5",
                "clientRanges=10.0.0.0/33 | clientRanges has '10.0.0.0/33', which is no address and no range of addresses",
                "featuresInUse=git,cash | which is no feature; there are external_cache",
                "featuresInUse=extern_cache | Did you mean external_cache?",
                "classicLongestPrefix=30 | classicLongestPrefix has '30', which is no prefix length of a subnet from 8 to 29",
                "classicLongestPrefix=wide | which is no prefix length",
                "networkStatusMinutes=0 | which is no whole number from 1 to 100000, such as networkStatusMinutes=30",
                "workspaceShortestPrefix=28 | no subnet can be a /27 or larger and a /28 or smaller",
            })
    void tellsWhatAParameterMayBe(String set, String expected) {
        String[] parts = set.split("=", 2);

        assertThatThrownBy(() -> Parameters.parse(Map.of(parts[0], parts[1]))).hasMessageContaining(expected);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() ->
                        Parameters.parse(new TreeMap<>(Map.of("a", "1", "waiverSubjects", "x", "featuresInUse", "y"))))
                .hasMessageContaining("'a'")
                .hasMessageContaining("'x'")
                .hasMessageContaining("'y'");
    }

    @Test
    void aFeatureIsNotInUseAndInUse() {
        assertThatThrownBy(() -> Parameters.parse(Map.of("featuresInUse", "git", "featuresNotInUse", "GIT,rate-limit")))
                .hasMessageContaining("git is in featuresInUse and in featuresNotInUse");
    }

    @Test
    void whatSomebodySaysLastWinsOverWhatHoldsAnyway() {
        Parameters folder = Parameters.parse(Map.of("classicLongestPrefix", "28", "waiverSubjects", "3"));
        Parameters inForce =
                Parameters.parse(Map.of("classicLongestPrefix", "/27")).over(folder);

        assertThat(inForce.number(Parameter.CLASSIC_LONGEST_PREFIX)).isEqualTo(27);
        assertThat(inForce.number(Parameter.WAIVER_SUBJECTS)).isEqualTo(3);
        assertThat(inForce.number(Parameter.V2_INJECTION_LONGEST_PREFIX)).isEqualTo(27);
        assertThat(inForce.changed()).containsExactly("classicLongestPrefix=/27", "waiverSubjects=3");
        assertThat(Parameters.NONE.changed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Parameter.class)
    void everyParameterTakesItsExampleAndItsStandard(Parameter parameter) {
        Parameters example =
                Parameters.parse(Map.of(parameter.key(), parameter.type().example()));

        assertThat(example.text(parameter)).isEqualTo(parameter.type().example());
        assertThat(parameter.standard().isEmpty() || parameter.wrong(parameter.standard()) == null)
                .isTrue();
        assertThat(parameter.description()).endsWith(".");
        assertThat(parameter.usedBy()).isNotEmpty();
    }

    @Test
    void readsAFileWithEveryProblemAtItsPlace() {
        List<RuleProblem> problems = new ArrayList<>();
        Parameters read = ParametersFile.read("parameters.yaml", """
                # what we know
                clientRanges: [203.0.113.0/24, 10.0.0.0/8]
                classicLongestPrefix: 26
                classicLongestPrefx: 26
                networkStatusMinutes: soon
                featuresInUse: {git: yes}
                waiverSubjects:
                """, problems);

        assertThat(problems)
                .extracting(p -> p.code() + " " + p.at().text() + ": " + p.message())
                .containsExactlyInAnyOrder(
                        "KB-E367 parameters.yaml:4:1: there is no parameter 'classicLongestPrefx'",
                        "KB-E368 parameters.yaml:5:23: networkStatusMinutes has 'soon', which is no whole number from 1 to 100000,"
                                + " such as networkStatusMinutes=30",
                        "KB-E368 parameters.yaml:6:17: featuresInUse is neither a value nor a list of values",
                        "KB-E368 parameters.yaml:7:16: waiverSubjects has no value");
        assertThat(read.clientRanges())
                .containsExactly(AddressPrefix.parse("203.0.113.0/24"), AddressPrefix.parse("10.0.0.0/8"));
        assertThat(read.number(Parameter.CLASSIC_LONGEST_PREFIX)).isEqualTo(26);
        problems.clear();
        ParametersFile.read("parameters.yaml", "clientRanges: [10.0.0.0/8, 10.0.0.0/88]\n", problems);
        assertThat(problems)
                .extracting(p -> p.at().text() + " " + p.at().length())
                .containsExactly("parameters.yaml:1:28 11");
        problems.clear();
        assertThat(ParametersFile.read("parameters.yaml", "# clientRanges: [10.0.0.0/8]\n", problems))
                .isEqualTo(Parameters.NONE);
        assertThat(problems).isEmpty();
    }
}
