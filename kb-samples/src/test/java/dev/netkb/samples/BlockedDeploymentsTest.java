package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedDeploymentsTest {

    @Test
    void aBrokenDeploymentIsExplainedAndTheMendedOneHasNoError() {
        assertThat(BlockedDeployments.errors(List.of(Path.of("snapshots/classic-broken"))))
                .contains("westeurope C-FLOW-OUT-SQL: Tcp 1433 outbound to Sql is denied by"
                        + " nsg-apim/deny-internet (priority 4000)");
        assertThat(BlockedDeployments.errors(List.of(Path.of("snapshots/classic-mended"))))
                .isEmpty();
    }
}
