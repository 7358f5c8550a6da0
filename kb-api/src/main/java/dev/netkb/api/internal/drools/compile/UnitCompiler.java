package dev.netkb.api.internal.drools.compile;

import dev.netkb.api.internal.drools.compile.AllowList.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.drools.model.Model;

/**
 * Compiles and loads rules; where they are restricted, only what {@link AllowList} names is visible to them, when they are
 * compiled and when they run, and what was compiled is checked before it is loaded. Thread-safe.
 */
public final class UnitCompiler {

    private final ClassLoader all;
    private final ClassLoader whenCompiled;
    private final ClassLoader whenRun;
    private final boolean restricted;
    private final BytecodeCheck check;

    /** @param all knows the engine and the types of facts */
    public UnitCompiler(ClassLoader all, boolean restricted) {
        AllowList list = AllowList.shipped();
        this.all = all;
        this.restricted = restricted;
        this.check = new BytecodeCheck(list);
        this.whenCompiled =
                restricted ? new AllowedClasses(all, list, EnumSet.of(Section.TYPES, Section.COMPILER)) : all;
        this.whenRun = restricted ? new AllowedClasses(all, list, Set.of(Section.TYPES)) : all;
    }

    /**
     * What came of texts.
     *
     * @param faults empty where the unit is of use
     */
    public record Compiled(UnitClasses unit, List<Fault> faults) {}

    /**
     * Compiles texts together and loads nothing.
     *
     * @param texts path → text
     * @param packageName the package that all of them name; empty where each has its own
     */
    public Compiled compile(Map<String, String> texts, String packageName) {
        return inLoader(() -> KieCompilation.compile(texts, packageName, whenCompiled));
    }

    /**
     * Loads a unit.
     *
     * @throws UnitRefusedException when it names or does something that it may not; then none of it was loaded
     */
    public List<Model> load(UnitClasses unit) throws UnitRefusedException {
        List<Refusal> refusals = restricted ? check.check(unit) : List.of();
        if (!refusals.isEmpty()) {
            throw new UnitRefusedException(refusals);
        }
        try {
            UnitLoader loader = new UnitLoader(whenRun, unit.classes());
            List<Model> models = new ArrayList<>();
            for (String name : unit.models()) {
                models.add(loader.loadClass(name)
                        .asSubclass(Model.class)
                        .getConstructor()
                        .newInstance());
            }
            return models;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new UnitRefusedException(List.of(new Refusal("", "")));
        }
    }

    /** The engine looks for its services in the thread's class loader. */
    private <T> T inLoader(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(all);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
