package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.table.Workbooks;
import dev.netkb.api.rules.RuleProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of tables that people get wrong: each file in {@code broken} is put alone into a folder of rules, and must bring
 * up exactly the problems of the file {@code .expected} beside it. A workbook is a folder with a file for each sheet.
 */
class BrokenTablesTest {

    private static final Path BROKEN = Path.of("src/test/resources/dev/netkb/api/internal/pack/broken");
    private static final int FEWEST = 60;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyBrokenTableIsExplained() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            List<Path> tables = files.filter(file -> !file.toString().endsWith(".expected"))
                    .sorted()
                    .toList();
            assertThat(tables).hasSizeGreaterThanOrEqualTo(FEWEST);
            return tables.stream()
                    .map(table -> DynamicTest.dynamicTest(table.getFileName().toString(), () -> check(table)));
        }
    }

    private void check(Path table) throws IOException {
        String name = table.getFileName().toString();
        Path root = Files.createDirectory(folder.resolve(name.replace('.', '-')));
        Files.write(root.resolve(name), bytes(table));
        Path expected = table.resolveSibling(name.replaceFirst("\\.[a-z]+$", "") + ".expected");

        String told = RuleFolder.read(root, SmallPack.pack()).problems().stream()
                .map(BrokenTablesTest::text)
                .collect(Collectors.joining("\n"));

        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(expected, told);
        }
        assertThat(told).isNotBlank();
        assertThat(told).isEqualTo(Files.readString(expected));
    }

    private static byte[] bytes(Path table) throws IOException {
        if (!Files.isDirectory(table)) {
            return Files.readAllBytes(table);
        }
        Map<String, String> sheets = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(table)) {
            for (Path sheet : files.sorted().toList()) {
                sheets.put(sheet.getFileName().toString().replace(".xml", ""), Files.readString(sheet));
            }
        }
        return Workbooks.of(sheets);
    }

    private static String text(RuleProblem problem) {
        String rule = problem.rule() == null ? "" : " [" + problem.rule() + "]";
        return problem.code() + " " + problem.at().text() + rule + "\n  " + problem.message() + "\n  " + problem.hint()
                + "\n";
    }
}
