package dev.netkb.api.internal.drools.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What rules of a folder may name, read from one resource. A line is a class, or {@code class#member}; {@code *} stands
 * for all classes of a package, or all members of a class.
 */
final class AllowList {

    static final String RESOURCE = "netkb/trust/allowed.txt";

    /** A part of the list. */
    enum Section {
        /** What compiled rules may name, and all that they can load. */
        TYPES,
        /** What compiled rules may name besides, for the sake of some member, and never load. */
        NAMED,
        /** What the compiler may look at besides. */
        COMPILER,
        /** Files that the compiler may read. */
        RESOURCES,
        /** The fields and methods that conditions and consequences may use. */
        CONDITIONS,
        /** The fields and methods that what stands around them may use. */
        RULES
    }

    private final Map<Section, Set<String>> entries = new HashMap<>();

    private AllowList(String text) {
        for (Section section : Section.values()) {
            entries.put(section, new HashSet<>());
        }
        Set<String> current = new HashSet<>();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith("[")) {
                current = of(Section.valueOf(line.substring(1, line.length() - 1).toUpperCase(Locale.ROOT)));
            } else if (!line.isEmpty() && !line.startsWith("//")) {
                current.add(line);
            }
        }
    }

    private Set<String> of(Section section) {
        return entries.getOrDefault(section, Set.of());
    }

    /** The list as it is shipped. */
    static AllowList shipped() {
        try (InputStream in = AllowList.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new AllowList(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a class is in a section, by itself or with its package. */
    boolean hasClass(Section section, String name) {
        Set<String> allowed = of(section);
        return allowed.contains(name) || allowed.contains(name.substring(0, name.lastIndexOf('.') + 1) + "*");
    }

    /** Whether the compiler may read a file. */
    boolean hasResource(String name) {
        return of(Section.RESOURCES).contains(name);
    }

    /** Whether a field or method is in a section, by itself, with its class, or with its package. */
    boolean hasMember(Section section, String owner, String member) {
        Set<String> allowed = of(section);
        return allowed.contains(owner + "#" + member)
                || allowed.contains(owner + "#*")
                || allowed.contains(owner.substring(0, owner.lastIndexOf('.') + 1) + "*#*");
    }
}
