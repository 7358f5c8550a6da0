package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;

/** Writes values as text. */
public final class JsonText {

    private JsonText() {}

    /**
     * Without blanks, on one line.
     *
     * @param longest how many characters it may have
     * @return empty where it would have more
     */
    public static Optional<String> compact(Json value, int longest) {
        Bounded text = new Bounded(longest);
        try (JsonGenerator generator = JsonFile.FACTORY.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    /** Refuses to become too long. */
    private static final class Bounded extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int longest;

        Bounded(int longest) {
            this.longest = longest;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            if (length > longest - text.length()) {
                throw new IOException("longer than " + longest + " characters");
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Two blanks a level, line feeds on every system. */
    public static String write(Json value) {
        StringWriter text = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try (JsonGenerator generator = JsonFile.FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(printer);
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(Json value, JsonGenerator generator) throws IOException {
        if (value instanceof Json.Obj object) {
            generator.writeStartObject();
            for (int i = 0; i < object.size(); i++) {
                generator.writeFieldName(object.keys().get(i));
                write(object.value(i), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof Json.Arr array) {
            generator.writeStartArray();
            for (Json item : array.items()) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Json.Text text) {
            generator.writeString(text.value());
        } else if (value instanceof Json.Num number) {
            generator.writeNumber(number.value());
        } else if (value instanceof Json.Bool bool) {
            generator.writeBoolean(bool.value());
        } else if (value instanceof Json.Unknown unknown) {
            write(OwnFormat.unknown(unknown.reason()), generator);
        } else {
            generator.writeNull();
        }
    }
}
