package dev.netkb.api.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.internal.drools.compile.AllowList.Section;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedClassesTest {

    private static final ClassLoader ALL = AllowedClassesTest.class.getClassLoader();

    private final ClassLoader whenRun = new AllowedClasses(ALL, AllowList.shipped(), Set.of(Section.TYPES));
    private final ClassLoader whenCompiled =
            new AllowedClasses(ALL, AllowList.shipped(), EnumSet.of(Section.TYPES, Section.COMPILER));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Runtime",
                "java.lang.System",
                "java.lang.Thread",
                "java.lang.ThreadGroup",
                "java.lang.ClassLoader",
                "java.lang.Module",
                "java.lang.Process",
                "java.lang.ProcessBuilder",
                "java.lang.ProcessHandle",
                "java.lang.reflect.Method",
                "java.lang.reflect.Proxy",
                "java.io.File",
                "java.io.FileOutputStream",
                "java.io.ObjectInputStream",
                "java.nio.file.Files",
                "java.nio.channels.SocketChannel",
                "java.net.Socket",
                "java.net.URL",
                "java.net.InetAddress",
                "java.util.ServiceLoader",
                "java.util.Timer",
                "java.util.concurrent.Executors",
                "java.util.logging.Logger",
                "java.util.zip.ZipFile",
                "java.util.regex.Pattern",
                "javax.script.ScriptEngineManager",
                "sun.misc.Unsafe",
                "org.mvel2.MVEL",
                "org.kie.api.runtime.KieRuntime",
                "org.drools.modelcompiler.consequence.DroolsImpl",
                "org.drools.modelcompiler.KieBaseBuilder",
                "org.drools.core.rule.consequence.KnowledgeHelper",
                "org.slf4j.LoggerFactory",
                "inet.ipaddr.HostName",
                "dev.netkb.api.KnowledgeBase",
                "dev.netkb.api.internal.drools.compile.Canary"
            })
    void whatCanDoHarmIsNotThereForTheCompilerAndNotForTheRules(String name) throws IOException {
        String file = name.replace('.', '/') + ".class";
        for (ClassLoader loader : new ClassLoader[] {whenRun, whenCompiled}) {
            assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource(file)).isNull();
            assertThat(loader.getResourceAsStream(file)).isNull();
            assertThat(Collections.list(loader.getResources(file))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Class", "java.lang.reflect.Type", "org.kie.api.KieServices"})
    void whatTheCompilerNeedsBesidesIsNotThereForTheRules(String name) throws ClassNotFoundException {
        assertThat(whenCompiled.loadClass(name).getName()).isEqualTo(name);
        assertThatThrownBy(() -> whenRun.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.String", "dev.netkb.model.azure.Subnet", "org.drools.model.Model"})
    void whatRulesNameIsThere(String name) throws ClassNotFoundException {
        assertThat(whenRun.loadClass(name)).isEqualTo(Class.forName(name));
        assertThat(whenRun.getResource(name.replace('.', '/') + ".class")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"netkb/trust/allowed.txt", "META-INF/MANIFEST.MF", "simplelogger.properties"})
    void noOtherFileIsThere(String name) {
        assertThat(whenRun.getResource(name)).isNull();
        assertThat(whenCompiled.getResource(name)).isNull();
    }
}
