package dev.netkb.api.read.terraform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the arguments of a type of the azurerm provider stand in the ARM resource; read from {@code azurerm.txt}, which
 * explains its own format.
 *
 * @param armType as ARM writes it, such as {@code Microsoft.Network/virtualNetworks/subnets}
 * @param parents the arguments that name what it lies in, or what it changes
 * @param named its name where no argument gives it
 * @param list the list that it is an item of; empty for all others
 */
record Shape(
        Role role,
        String armType,
        List<String> parents,
        @Nullable String named,
        String list,
        List<Line> lines) {

    /** What a Terraform resource is in Azure. */
    enum Role {
        RESOURCE,
        EXTENSION,
        PATCH,
        ITEM
    }

    /** How the value of an argument becomes that of a field. */
    enum Kind {
        COPY,
        ID,
        IDS,
        IDTEXTS,
        EACH,
        NOT,
        TEXT,
        BLOCK,
        ONE,
        CHILDREN,
        SKU,
        UNITS,
        PAIRS,
        COMPUTED,
        IS
    }

    /**
     * An argument.
     *
     * @param target the path of the field; empty where its own lines go one level up
     * @param details what the kind needs to know
     */
    record Line(String argument, List<String> target, Kind kind, List<String> details, List<Line> nested) {

        String detail(int index) {
            return index < details.size() ? details.get(index) : "";
        }
    }

    private static final Map<String, Shape> ALL = load();

    /** The shape of a Terraform type; null where the type is not read. */
    static @Nullable Shape of(String terraformType) {
        return ALL.get(terraformType);
    }

    /** The shape of a type that is known to be read. */
    static Shape existing(String terraformType) {
        return Objects.requireNonNull(ALL.get(terraformType), terraformType);
    }

    /** The type that this one lies in, in lower case; empty at the top. */
    String parentType() {
        return parentType(armType);
    }

    static String parentType(String armType) {
        String[] parts = armType.split("/", -1);
        return parts.length < 3
                ? ""
                : armType.substring(0, armType.lastIndexOf('/')).toLowerCase(Locale.ROOT);
    }

    /** The line of the blocks that separate resources also make; null where there is none. */
    @Nullable
    Line childrenLine() {
        return lines.stream()
                .filter(line -> line.kind() == Kind.CHILDREN)
                .findFirst()
                .orElse(null);
    }

    static String armType(String written) {
        return written.startsWith("Microsoft.") ? written : "Microsoft.Network/" + written;
    }

    private static Map<String, Shape> load() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Shape.class.getResourceAsStream("azurerm.txt"), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            Map<String, Shape> shapes = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith(" ")) {
                    String header = lines.get(i);
                    shapes.put(header.substring(0, header.indexOf(' ')), shape(words(header), below(lines, i + 1, 1)));
                }
            }
            return Map.copyOf(shapes);
        } catch (IOException e) {
            throw new UncheckedIOException("azurerm.txt is not in the jar", e);
        }
    }

    private static Shape shape(List<String> header, List<Line> lines) {
        String type = armType(header.get(2));
        List<String> rest = header.subList(3, header.size());
        if (!header.get(1).equals("=")) {
            boolean adds = header.get(1).equals("adds");
            return new Shape(
                    adds ? Role.ITEM : Role.PATCH, type, List.of(rest.get(0)), null, adds ? rest.get(1) : "", lines);
        }
        int named = rest.indexOf("named");
        List<String> parents = rest.isEmpty() ? List.of() : rest.subList(1, named < 0 ? rest.size() : named);
        Role role = rest.contains("on") ? Role.EXTENSION : Role.RESOURCE;
        return new Shape(role, type, List.copyOf(parents), named < 0 ? null : rest.get(named + 1), "", lines);
    }

    /** The lines from an index on that are indented so deep, with those below them. */
    private static List<Line> below(List<String> lines, int from, int depth) {
        List<Line> found = new ArrayList<>();
        for (int i = from; i < lines.size() && indent(lines.get(i)) >= depth; i++) {
            if (indent(lines.get(i)) == depth) {
                found.add(line(lines.get(i), below(lines, i + 1, depth + 1)));
            }
        }
        return List.copyOf(found);
    }

    private static int indent(String line) {
        return (line.length() - line.stripLeading().length()) / 2;
    }

    private static Line line(String text, List<Line> nested) {
        int colon = text.indexOf(" : ");
        List<String> kind = colon < 0 ? List.of("copy") : words(text.substring(colon + 3));
        List<String> place = words(colon < 0 ? text : text.substring(0, colon));
        String argument = place.get(0);
        String target = place.size() < 3 ? camelCase(argument) : place.get(2);
        return new Line(
                argument,
                target.equals(".") ? List.of() : List.of(target.split("\\.", -1)),
                Kind.valueOf(kind.get(0).toUpperCase(Locale.ROOT)),
                List.copyOf(kind.subList(1, kind.size())),
                nested);
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.trim().split("\\s+", -1));
    }

    private static String camelCase(String argument) {
        StringBuilder name = new StringBuilder();
        for (String word : argument.split("_", -1)) {
            name.append(
                    name.length() == 0 || word.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
