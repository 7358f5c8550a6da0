package dev.netkb.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.report.Severity;
import org.junit.jupiter.api.Test;

/** One rule, a small network, an exact outcome; a failure says what was expected and what was found. */
class RuleVerifierTest {

    private static final ExampleNetwork NETWORK = ExampleNetwork.of("""
            vnet:
              type: Microsoft.Network/virtualNetworks
              location: westeurope
              addressSpace: {addressPrefixes: [10.0.0.0/16]}
              subnets:
                apim: {addressPrefix: 10.0.1.0/24}
                other: {addressPrefix: 10.0.2.0/24}
            """);

    private final RuleVerifier verifier = RuleVerifier.of(new DelegationRules());

    @Test
    void a_rule_is_verified_in_a_sentence() {
        ExampleNetwork delegated = NETWORK.with("""
                vnet: {subnets: {other: null, apim: {delegations: {web: Microsoft.Web/serverFarms}}}}
                """);

        verifier.rule("T-1")
                .given(delegated)
                .isViolated()
                .withSeverity(Severity.ERROR)
                .withMessageContaining("is delegated to")
                .withEvidence("delegations", "Microsoft.Web/serverFarms")
                .andNothingElse();
        verifier.rule("T-1").given(NETWORK).inLocation("westeurope").isPassed().andNothingElse();
        verifier.rule("T-1")
                .given(NETWORK.without("vnet/subnets/apim", "vnet/subnets/other"))
                .isUndetermined();
    }

    @Test
    void a_wrong_outcome_fails_with_expected_and_actual() {
        assertThatThrownBy(() -> verifier.rule("T-1").given(NETWORK).isViolated())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected T-1 violated")
                .hasMessageContaining("outcome: expected violated but was passed")
                .hasMessageContaining("message   subnet apim is delegated to ''");
    }

    @Test
    void what_is_said_besides_must_hold_too() {
        var passed = verifier.rule("T-1").given(NETWORK).isPassed();

        assertThatThrownBy(() -> passed.withSeverity(Severity.INFO))
                .hasMessageContaining("severity: expected info but was error");
        assertThatThrownBy(() -> passed.withEvidence("delegations", "x")).hasMessageContaining("expected the text 'x'");
        assertThatThrownBy(() -> passed.withVerdict("denied"))
                .hasMessageContaining("verdict: expected denied but was none");
        assertThatThrownBy(() -> passed.withRemediationContaining("az group delete"))
                .hasMessageContaining("remediation");
        assertThatThrownBy(() ->
                        verifier.rule("T-1").given(NETWORK).inLocation("eastus").isPassed())
                .hasMessageContaining("there is no such result");
    }

    @Test
    void other_findings_are_more_than_nothing_else() {
        RuleVerifier two = RuleVerifier.of(new DelegationRules(DelegationRules.Fault.NONE, "T-1", "T-2"));
        ExampleNetwork delegated =
                NETWORK.with("vnet: {subnets: {other: {delegations: {web: Microsoft.Web/serverFarms}}}}");

        assertThatThrownBy(() -> two.rule("T-2").given(delegated).isPassed())
                .hasMessageContaining("the rule gave none at all");
        assertThatThrownBy(() -> verifier.rule("T-1").given(delegated).isViolated())
                .hasMessageContaining("but was passed");
        assertThatThrownBy(() -> verifier.rule("T-3")).hasMessageContaining("no rule has the id 'T-3'");
    }
}
