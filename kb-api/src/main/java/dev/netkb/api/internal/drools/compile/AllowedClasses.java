package dev.netkb.api.internal.drools.compile;

import dev.netkb.api.internal.drools.compile.AllowList.Section;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows of another class loader only what a list allows: classes, also as files, and few other files. */
final class AllowedClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader all;
    private final AllowList list;
    private final Set<Section> sections;

    AllowedClasses(ClassLoader all, AllowList list, Set<Section> sections) {
        super(null);
        this.all = all;
        this.list = list;
        this.sections = Set.copyOf(sections);
    }

    private boolean isAllowed(String className) {
        return sections.stream().anyMatch(section -> list.hasClass(section, className));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isAllowed(name)) {
            return all.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private static final String CLASS = ".class";

    private boolean isAllowedResource(String name) {
        return name.endsWith(CLASS)
                ? isAllowed(name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                : sections.contains(Section.COMPILER) && list.hasResource(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isAllowedResource(name) ? all.getResource(name) : null;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws java.io.IOException {
        return isAllowedResource(name) ? all.getResources(name) : Collections.emptyEnumeration();
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return isAllowedResource(name) ? all.getResourceAsStream(name) : null;
    }
}
