package dev.netkb.api.internal.drools;

import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a folder.
 *
 * @param excerpt the line; null where there is none to show
 */
record ItemPlace(Spot at, @Nullable String excerpt) {

    private static final Pattern PLACE =
            Pattern.compile("(?<file>.+?)(?: sheet (?<sheet>.+))?(?: row (?<row>\\d+)|:(?<line>\\d+))");

    /** The cell or line in which a rule or row begins. */
    static ItemPlace of(Path root, RuleItem item) {
        Matcher place = PLACE.matcher(item.place());
        if (!place.matches()) {
            return new ItemPlace(Spot.of(item.place()), null);
        }
        String file = place.group("file");
        if (place.group("row") != null) {
            int row = Integer.parseInt(place.group("row"));
            String sheet = place.group("sheet") == null ? "" : place.group("sheet") + "!";
            return new ItemPlace(Spot.ofCell(file, sheet + "A" + row, row, 1), null);
        }
        int line = Integer.parseInt(place.group("line"));
        List<String> lines = lines(root.resolve(file));
        return new ItemPlace(Spot.of(file, line, 1, 0), line <= lines.size() ? lines.get(line - 1) : null);
    }

    /** The lines of a file; none where it cannot be read. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
    }
}
