package dev.netkb.api.internal.drools.language;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;

/** The imports that a file of full trust has without saying so: the names that rules of folders can use at any level. */
final class DefaultImports {

    private static final String ALL = ".*";

    private DefaultImports() {}

    /**
     * The imports that a file lacks, on one line. What the file imports or declares itself stands, and so does what it finds in a
     * package of its own.
     *
     * @param types the types that have to be known by their simple names
     * @param nested short name → type, of those that stand within others
     */
    static String of(PackageDescr file, String text, Collection<Class<?>> types, Map<String, Class<?>> nested) {
        Map<String, Class<?>> wanted = new TreeMap<>(nested);
        types.stream()
                .filter(type -> type.getEnclosingClass() == null)
                .forEach(type -> wanted.put(type.getSimpleName(), type));
        wanted.keySet().retainAll(List.of(text.split("\\W+")));
        wanted.keySet().removeAll(own(file));
        List<String> packages = packages(file);
        wanted.keySet().removeIf(name -> packages.stream().anyMatch(each -> has(each, name)));
        return wanted.values().stream()
                .map(type -> "import " + type.getCanonicalName() + ";")
                .collect(Collectors.joining(" "));
    }

    private static Set<String> own(PackageDescr file) {
        Set<String> own = new HashSet<>();
        file.getImports().stream()
                .map(ImportDescr::getTarget)
                .map(target -> target.substring(target.lastIndexOf('.') + 1))
                .forEach(own::add);
        file.getTypeDeclarations().forEach(type -> own.add(type.getTypeName()));
        file.getEnumDeclarations().forEach(type -> own.add(type.getTypeName()));
        return own;
    }

    /** The package of a file and those that it imports whole. */
    private static List<String> packages(PackageDescr file) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNullElse(file.getNamespace(), "")),
                        file.getImports().stream()
                                .map(ImportDescr::getTarget)
                                .filter(target -> target.endsWith(ALL))
                                .map(target -> target.substring(0, target.length() - ALL.length())))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean has(String packageName, String simpleName) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? DefaultImports.class.getClassLoader() : context;
        return loader.getResource((packageName + "." + simpleName).replace('.', '/') + ".class") != null;
    }
}
