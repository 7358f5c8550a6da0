package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.rules.RequirementsIndex.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages under {@code docs/rules} are those that the catalogue, the tables and the examples make. With
 * {@code -Dnetkb.golden.update=true} they are written instead: look at the difference before it is committed.
 */
class RulePagesTest {

    private static final Path FOLDER = Path.of("../docs/rules");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Map<String, String> WANTED = new RulePages(KnowledgeBase.packaged()).all();

    @BeforeAll
    static void writeThemWhenAsked() throws IOException {
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.createDirectories(FOLDER);
            for (String name : found().keySet()) {
                Files.delete(FOLDER.resolve(name));
            }
            for (Map.Entry<String, String> page : WANTED.entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
    }

    private static Map<String, String> found() throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                for (Path file : files.toList()) {
                    found.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return found;
    }

    @Test
    void everyPageIsThereUpToDateAndNoneIsLeftOver() throws IOException {
        Map<String, String> found = found();
        List<String> faults = new ArrayList<>();
        Set<String> names = new TreeSet<>(WANTED.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            String wanted = WANTED.get(name);
            String there = found.get(name);
            if (there == null) {
                faults.add(name + " is missing");
            } else if (wanted == null) {
                faults.add(name + " is left over: the catalogue holds no such id");
            } else if (!there.equals(wanted)) {
                faults.add(name + " is stale: " + firstDifference(there, wanted));
            }
        }
        assertThat(faults)
                .as("pages in docs/rules; make them with\n  %s\n", RulePages.COMMAND)
                .isEmpty();
    }

    private static String firstDifference(String there, String wanted) {
        List<String> a = there.lines().toList();
        List<String> b = wanted.lines().toList();
        int line = 0;
        while (line < Math.min(a.size(), b.size()) && a.get(line).equals(b.get(line))) {
            line++;
        }
        return "line " + (line + 1) + " is '" + (line < a.size() ? a.get(line) : "") + "' and should be '"
                + (line < b.size() ? b.get(line) : "") + "'";
    }

    @Test
    void everyLinkLeadsToAFile() {
        List<String> broken = new ArrayList<>();
        WANTED.forEach((name, text) -> LINK.matcher(withoutCode(text))
                .results()
                .map((MatchResult link) -> link.group(1))
                .filter(target -> !target.startsWith("https://"))
                .filter(target -> !exists(target))
                .forEach(target -> broken.add(name + " links to " + target + ", which does not exist")));
        assertThat(broken).isEmpty();
    }

    private static boolean exists(String target) {
        return WANTED.containsKey(target) || Files.exists(FOLDER.resolve(target).normalize());
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", "");
    }

    @Test
    void everyPageSaysWhatItIsAboutAndShowsAViolation() {
        KnowledgeBase.packaged().catalogue().forEach(info -> {
            String page = String.valueOf(WANTED.get(info.id() + ".md"));

            assertThat(page).as(info.id()).contains("## How it is decided", "## Sources");
            if (Set.of("flow", "rule", "change").contains(info.kind())) {
                assertThat(page).as(info.id()).contains("## What it needs", "## Passed");
                if (!page.contains("No example: ")) {
                    assertThat(page).as(info.id()).contains("netkb says", "What cures it: ");
                }
            }
        });
    }

    @Test
    void everyTopicOfTheIndexIsAHeading() {
        assertThat(RequirementsIndex.read()).extracting(Line::topic).isSubsetOf(RulePages.topicNames());
    }
}
