package dev.netkb.api.fix;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.json.Encodings;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.Locator;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.json.ValueCount;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The files of a snapshot that people wrote and that text can be put into. Parses those that are asked for. Not thread-safe. */
final class EditableFiles {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** What compilers say of themselves. */
    private static final String GENERATOR = "_generator";

    private final SnapshotSource source;
    private final BiPredicate<SnapshotSource, SourceFile> editable;
    private final Map<String, Optional<EditableFile>> byName = new HashMap<>();

    EditableFiles(SnapshotSource source, BiPredicate<SnapshotSource, SourceFile> editable) {
        this.source = source;
        this.editable = editable;
    }

    /**
     * One of them.
     *
     * @param utf8 its content without byte order mark
     */
    record EditableFile(String name, byte[] utf8, Node root) {

        /** The value at a pointer as readers build it; null where there is none. */
        @Nullable
        Node at(String pointer) {
            Node found = root;
            for (String segment : Locator.segments(pointer)) {
                if (found.isArray()) {
                    String index = segment;
                    found = found.items().stream()
                            .filter(item -> item.key().equals(index))
                            .findFirst()
                            .orElse(null);
                } else {
                    found = found.get(segment);
                }
                if (found == null) {
                    return null;
                }
            }
            return found;
        }
    }

    /** Empty where the file is not there or not editable. */
    Optional<EditableFile> named(String name) {
        return byName.computeIfAbsent(
                name,
                key -> source.files().stream()
                        .filter(file -> file.name().equals(key))
                        .findFirst()
                        .flatMap(EditableFiles::parsed)
                        .filter(file -> isWritten(file.root()))
                        .filter(file -> source.files().stream()
                                .anyMatch(each -> each.name().equals(key) && editable.test(source, each))));
    }

    private static Optional<EditableFile> parsed(SourceFile file) {
        byte[] content = file.content();
        boolean marked = content.length >= MARK.length && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
        byte[] utf8 = Encodings.toUtf8(content);
        boolean isPart = file.firstLine() != 1;
        boolean isUtf8 = marked || Arrays.equals(utf8, content);
        return isPart || !isUtf8 || !mayBeWritten(utf8) || !isPlainText(utf8)
                ? Optional.empty()
                : JsonFile.parse(file.name(), new Locator.Text(utf8, 1), new ValueCount(Limits.VALUES), new Problems())
                        .map(root -> new EditableFile(file.name(), utf8, root));
    }

    /** Exports have no schema, and can be large: they need not be parsed again. */
    private static boolean mayBeWritten(byte[] utf8) {
        return new String(utf8, StandardCharsets.ISO_8859_1).contains("schema");
    }

    /** Whether editors agree on where its characters and lines are. */
    private static boolean isPlainText(byte[] utf8) {
        try {
            CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                    return false;
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether it is a template or a parameters file, and no compiler made it. */
    private boolean isWritten(Node root) {
        String schema = String.valueOf(root.text("$schema")).toLowerCase(Locale.ROOT);
        Node metadata = root.get("metadata");
        boolean made = metadata != null && metadata.get(GENERATOR) != null;
        return schema.contains("deploymenttemplate.json") && !made
                || schema.contains("deploymentparameters.json") && !hasCompiledTemplate();
    }

    /** A parameters file does not say that it was made, but beside a template that was it may be. */
    private boolean hasCompiledTemplate() {
        return source.files().stream()
                .anyMatch(file ->
                        new String(file.content(), StandardCharsets.ISO_8859_1).contains('"' + GENERATOR + '"'));
    }
}
