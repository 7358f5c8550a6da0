package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.derived.StatusMapping;
import dev.netkb.model.value.PortSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of dependencies: what a row becomes, and what is said of one that is wrong. */
class StatusTableTest {

    private static final String HEAD = "resource_type,flows,ports,purpose,source\n";

    @Test
    void aRowIsAMappingFromAKindToFlows() {
        List<StatusMapping> mappings = StatusTable.read(
                "status.csv",
                HEAD + "SQLDatabase,C-FLOW-OUT-SQL; SEED-PORT-OUT-SQL,1433,configuration,X\nScm,,,git,X\n");

        assertThat(mappings)
                .containsExactly(
                        new StatusMapping(
                                "sqldatabase",
                                List.of("C-FLOW-OUT-SQL", "SEED-PORT-OUT-SQL"),
                                PortSet.of(1433),
                                "configuration"),
                        new StatusMapping("scm", List.of(), PortSet.ALL, "git"));
        assertThat(mappings.get(0).proves("SEED-PORT-OUT-SQL")).isTrue();
        assertThat(mappings.get(0).proves("C-FLOW-OUT-KV")).isFalse();
    }

    @Test
    void aWrongRowIsNamedWithLineAndColumn() {
        assertThatThrownBy(() -> StatusTable.read("status.csv", HEAD + "A,,,,\na,,,,\n"))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("status.csv line 3, column resource_type: 'a'")
                .hasMessageContaining("a row already");
        assertThatThrownBy(() -> StatusTable.read("status.csv", HEAD + "A,,many,,\n"))
                .hasMessageContaining("status.csv line 2, column ports: 'many'");
        assertThatThrownBy(() -> StatusTable.read("status.csv", "resource_type,colour\nA,red\n"))
                .hasMessageContaining("unknown column 'colour'");
        assertThatThrownBy(() -> StatusTable.read("status.csv", HEAD + ",,,x,\n"))
                .hasMessageContaining("column resource_type");
    }
}
