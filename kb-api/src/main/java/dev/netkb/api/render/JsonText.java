package dev.netkb.api.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON documents that are the same on every machine: two blanks a level or all in one line, line feeds, one line
 * feed at the end, and no character that a terminal could obey.
 */
final class JsonText implements AutoCloseable {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            // A failure half-way must leave text that no parser takes for a whole document.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private final Appendable out;
    private final JsonGenerator json;

    private JsonText(Appendable out, JsonGenerator json) {
        this.out = out;
        this.json = json;
    }

    /** Starts a document; the text is complete once {@link #end} was called. */
    static JsonText to(Appendable out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(new AppendableWriter(out));
        json.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n")));
        json.setCharacterEscapes(new SafeEscapes());
        return new JsonText(out, json);
    }

    /** As {@link #to}, all in one line. */
    static JsonText line(Appendable out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(new AppendableWriter(out));
        json.setCharacterEscapes(new SafeEscapes());
        return new JsonText(out, json);
    }

    void end() throws IOException {
        json.flush();
        out.append('\n');
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    JsonText object() throws IOException {
        json.writeStartObject();
        return this;
    }

    JsonText object(String name) throws IOException {
        json.writeObjectFieldStart(name);
        return this;
    }

    JsonText endObject() throws IOException {
        json.writeEndObject();
        return this;
    }

    JsonText array(String name) throws IOException {
        json.writeArrayFieldStart(name);
        return this;
    }

    JsonText endArray() throws IOException {
        json.writeEndArray();
        return this;
    }

    JsonText field(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
        return this;
    }

    JsonText field(String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.intValue());
        }
        return this;
    }

    JsonText field(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
        return this;
    }

    JsonText nothing(String name) throws IOException {
        json.writeNullField(name);
        return this;
    }

    JsonText field(String name, List<String> values) throws IOException {
        array(name);
        for (String value : values) {
            json.writeString(value);
        }
        return endArray();
    }

    /** A field with an object made of {@link #value values}; its names stay in their order. */
    JsonText named(String name, Map<String, Object> object) throws IOException {
        object(name);
        for (Map.Entry<String, Object> entry : object.entrySet()) {
            json.writeFieldName(entry.getKey());
            value(entry.getValue(), "op");
        }
        return endObject();
    }

    /** A value made of maps, lists, texts, numbers, booleans and null; maps sorted by key, {@code first} before all. */
    JsonText value(@Nullable Object value, String first) throws IOException {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
            json.writeStartObject();
            if (sorted.containsKey(first)) {
                json.writeFieldName(first);
                value(sorted.remove(first), first);
            }
            for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                json.writeFieldName(entry.getKey());
                value(entry.getValue(), first);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> values) {
            json.writeStartArray();
            for (Object each : values) {
                value(each, first);
            }
            json.writeEndArray();
        } else if (value instanceof Number || value instanceof Boolean) {
            json.writeObject(value);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
        return this;
    }

    /** Escapes what {@link Printable} escapes; the text stays the same for whoever parses it. */
    private static final class SafeEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        SafeEscapes() {
            ascii[0x7F] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int unit) {
            return Printable.isUnsafe(unit) ? new SerializedString(Printable.escape((char) unit)) : null;
        }
    }
}
