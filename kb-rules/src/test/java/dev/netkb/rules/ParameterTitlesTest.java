package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Parameter;
import dev.netkb.api.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A title is printed whatever the parameters are, so it must not repeat what holds only where nobody sets them. */
class ParameterTitlesTest {

    private static final Pattern TITLE = Pattern.compile("(?m)^rule \"(\\S+) (.*)\"");

    @Test
    void noTitleRepeatsAValueThatAParameterMayChange() throws IOException {
        List<String> titles;
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/rules"))) {
            titles = files.filter(file -> file.toString().endsWith(".drl"))
                    .flatMap(file ->
                            TITLE.matcher(text(file)).results().map(title -> title.group(1) + " " + title.group(2)))
                    .toList();
        }
        assertThat(titles).hasSizeGreaterThan(100);
        for (Parameter parameter : Parameter.values()) {
            if (parameter.standard().matches("[0-9]+")) {
                assertThat(titles)
                        .filteredOn(title -> parameter.usedBy().contains(title.split(" ")[0]))
                        .noneMatch(title -> Arrays.asList(title.split("[ /]")).contains(parameter.standard()));
            }
        }
    }

    @Test
    void whatSuchARequirementIsAboutNamesItsParameters() {
        for (Parameter parameter : Parameter.values()) {
            if (parameter.standard().matches("[0-9]+") && parameter.key().endsWith("Prefix")) {
                assertThat(KnowledgeBase.packaged().catalogue())
                        .filteredOn(info -> parameter.usedBy().contains(info.id()))
                        .isNotEmpty()
                        .extracting(RuleInfo::description)
                        .allMatch(description -> description.contains(parameter.key()));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
