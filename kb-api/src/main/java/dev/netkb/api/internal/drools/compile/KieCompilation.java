package dev.netkb.api.internal.drools.compile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** Turns texts of rules into classes. Nothing of what comes out is loaded, and the engine keeps nothing of it. */
final class KieCompilation {

    private static final AtomicLong BUILDS = new AtomicLong();
    private static final String SOURCES = "src/main/resources/";
    private static final String CLASS = ".class";

    /** The class of the project itself; rules are loaded without it. */
    private static final String PROJECT = "org/drools/project/model/";

    private KieCompilation() {}

    /**
     * Compiles texts together.
     *
     * @param texts path → text, each with its package
     * @param packageName the package of all of them; empty where each has its own
     * @param visible the classes that the texts can name
     */
    static UnitCompiler.Compiled compile(Map<String, String> texts, String packageName, ClassLoader visible) {
        KieServices services = KieServices.get();
        ReleaseId release = services.newReleaseId("netkb", "rules", "b" + BUILDS.incrementAndGet());
        try {
            KieFileSystem files = services.newKieFileSystem();
            files.generateAndWritePomXML(release);
            texts.forEach((path, text) -> files.write(SOURCES + path, text));
            KieBuilder builder = services.newKieBuilder(files, visible);
            builder.buildAll(ExecutableModelProject.class);
            List<Fault> faults = builder.getResults().getMessages(Message.Level.ERROR).stream()
                    .map(message -> new Fault(path(message, texts), message.getLine(), message.getText()))
                    .toList();
            UnitClasses none = new UnitClasses(packageName, List.of(), Map.of());
            return faults.isEmpty()
                    ? new UnitCompiler.Compiled(
                            classes((InternalKieModule) builder.getKieModule(), packageName), faults)
                    : new UnitCompiler.Compiled(none, faults);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // The compiler lets much escape that it did not expect of a text.
            return new UnitCompiler.Compiled(
                    new UnitClasses(packageName, List.of(), Map.of()),
                    List.of(new Fault(null, 0, String.valueOf(e.getMessage()))));
        } finally {
            services.getRepository().removeKieModule(release);
        }
    }

    private static @Nullable String path(Message message, Map<String, String> texts) {
        String path = message.getPath();
        if (path == null) {
            return null;
        }
        String relative = path.startsWith(SOURCES) ? path.substring(SOURCES.length()) : path;
        return texts.containsKey(relative) ? relative : null;
    }

    private static UnitClasses classes(InternalKieModule module, String packageName) {
        Map<String, byte[]> classes = new HashMap<>();
        List<String> models = new ArrayList<>();
        for (String file : module.getFileNames()) {
            if (file.endsWith(CLASS) && !file.startsWith(PROJECT)) {
                classes.put(file.substring(0, file.length() - CLASS.length()).replace('/', '.'), module.getBytes(file));
            } else if (file.endsWith("/drools-model")) {
                new String(module.getBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && line.indexOf(':') < 0)
                        .forEach(models::add);
            }
        }
        return new UnitClasses(packageName, models, classes);
    }
}
