package dev.netkb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a folder of rules of a given size. */
final class SampleFolder {

    private final Path root;

    private SampleFolder(Path root) {
        this.root = root;
    }

    /** A new folder for temporary files with so many rows and rules. */
    static SampleFolder of(int rows, int rules) {
        try {
            SampleFolder folder = new SampleFolder(Files.createTempDirectory("netkb-bench"));
            Files.writeString(folder.root.resolve("pack.yaml"), "name: bench\nversion: \"1\"\n");
            folder.writeTable(rows, 443);
            for (int rule = 0; rule < rules; rule++) {
                folder.writeRule(rule, 100);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    /** @param port of the first row */
    void writeTable(int rows, int port) {
        StringBuilder table = new StringBuilder("id,direction,protocol,ports,remote,severity\n");
        for (int row = 0; row < rows; row++) {
            table.append("BENCH-ROW-" + row + ",outbound,TCP," + (row == 0 ? port : 1000 + row) + ",10.9." + row % 250
                    + ".0/24,warning\n");
        }
        write("requirements.csv", table.toString());
    }

    /** @param priority what it compares with, so that another number is another rule */
    void writeRule(int number, int priority) {
        String id = "BENCH-RULE-" + number;
        write("rule" + number + ".drl", """
                package custom;

                rule "%1$s No rule is among the first ones"
                    @id("%1$s") @severity("warning") @requires("Subnet.nsgId, NetworkSecurityGroup.rules")
                    @description("Keeps the first priorities free.")
                when
                    $a : Applicable( rule == "%1$s", $loc : location )
                    $s : Subnet( id == $loc.subnetId, nsgId != null )
                    $r : NsgRule( nsgId == $s.nsgId, priority < %2$d, name != "%1$s" )
                    not NsgRule( nsgId == $s.nsgId, priority > 4090, name == "%1$s" )
                then
                    insert( Finding.violated( $a, "rule " + $r.name() + " is among the first ones" )
                            .about( $s ).evidence( $r, "priority", $r.priority() ) );
                end
                """.formatted(id, priority));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(root.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
