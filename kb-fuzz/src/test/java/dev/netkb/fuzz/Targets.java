package dev.netkb.fuzz;

import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The targets of this module, found by their annotation: none can be forgotten. */
final class Targets {

    /** All but {@link EveryFuzzTest}, sorted by {@link #name}. */
    static final List<Method> ALL = ReflectionSupport.findAllClassesInPackage(
                    "dev.netkb.fuzz", type -> type != EveryFuzzTest.class, name -> name.endsWith("FuzzTest"))
            .stream()
            .flatMap(type -> ReflectionSupport.findMethods(
                    type, method -> method.isAnnotationPresent(FuzzTest.class), HierarchyTraversalMode.TOP_DOWN)
                    .stream())
            .sorted(Comparator.comparing(Targets::name))
            .toList();

    private Targets() {}

    /** Class and method, with a dot between them. */
    static String name(Method target) {
        return target.getDeclaringClass().getName() + "." + target.getName();
    }

    /** Runs a target as Jazzer would. */
    static void run(Method target, byte[] input) throws Throwable {
        Object test = ReflectionSupport.newInstance(target.getDeclaringClass());
        target.setAccessible(true);
        try (FuzzedDataProviderImpl data = FuzzedDataProviderImpl.withJavaData(input)) {
            Object given = target.getParameterTypes()[0] == byte[].class ? input : data;
            target.invoke(test, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
