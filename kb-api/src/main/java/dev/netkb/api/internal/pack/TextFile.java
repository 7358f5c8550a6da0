package dev.netkb.api.internal.pack;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file as text. */
public final class TextFile {
    /** More than people write by hand, and than a run leaves behind. */
    private static final long LONGEST = 64L << 20;

    private TextFile() {}

    /** @return null where it cannot be read: the problems tell */
    public static @Nullable String read(Path file, String code, List<RuleProblem> problems) {
        String why;
        try {
            if (!Files.exists(file)) {
                why = "there is no such file";
            } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
                why = Files.isDirectory(file) ? "it is a folder" : "it may not be read";
            } else if (Files.size(file) > LONGEST) {
                why = "it has more than 64 MB";
            } else {
                String text = Files.readString(file);
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            why = "it is not written in UTF-8";
        } catch (IOException e) {
            why = "the system cannot read it";
        }
        problems.add(new RuleProblem(
                code,
                Level.ERROR,
                Spot.of(file.toString()),
                null,
                "'" + file + "' cannot be read: " + why,
                null,
                "Name a text file in UTF-8."));
        return null;
    }
}
