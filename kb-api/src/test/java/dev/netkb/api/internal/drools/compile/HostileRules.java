package dev.netkb.api.internal.drools.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Rules that try what a rule must not be able to do. They are written for the compiler: no language check sees them. */
final class HostileRules {

    static final String PACKAGE = "netkb.rules.hostile";

    private static final String SET = "System.setProperty(\"" + Canary.PROPERTY + "\", \"x\")";
    private static final String FILE = "\"" + Canary.FILE + "\"";

    /** Those that would end or stall the test if they ran. */
    static final Set<String> DEADLY = Set.of("exit", "halt", "endless loop", "endless recursion", "huge array", "lock");

    private HostileRules() {}

    /** What they try → the text. */
    static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        // what the consequence does
        texts.put("system property", then(SET + ";"));
        texts.put("process", then("new ProcessBuilder(\"touch\", " + FILE + ").start().waitFor();"));
        texts.put("runtime", then("Runtime.getRuntime().exec(new String[] {\"touch\", " + FILE + "}).waitFor();"));
        texts.put("file", then("new java.io.File(" + FILE + ").createNewFile();"));
        texts.put("file writer", then("java.nio.file.Files.writeString(java.nio.file.Path.of(" + FILE + "), \"x\");"));
        texts.put("socket", then("new java.net.ServerSocket(0).close(); " + SET + ";"));
        texts.put("address", then("java.net.InetAddress.getByName(\"localhost\"); " + SET + ";"));
        texts.put("class for name", then("Class.forName(\"java.lang.System\").getMethod(\"clearProperty\", String.class); " + SET + ";"));
        texts.put("class by built name", then("Class.forName(\"java.lang.\" + \"Sys\" + \"tem\"); " + SET + ";"));
        texts.put("class of a fact", then("$l.getClass().getClassLoader().loadClass(\"" + Canary.class.getName() + "\").getMethod(\"trip\").invoke(null);"));
        texts.put("class of a text", then("\"\".getClass().forName(\"" + Canary.class.getName() + "\").getMethod(\"trip\").invoke(null);"));
        texts.put("a foreign class", then(Canary.class.getName() + ".trip();"));
        texts.put("thread", then("new Thread(() -> " + SET + ").start(); Thread.sleep(200);"));
        texts.put("thread's class loader", then("Thread.currentThread().getContextClassLoader().loadClass(\"" + Canary.class.getName() + "\").getMethod(\"trip\").invoke(null);"));
        texts.put("exit", then("System.exit(1);"));
        texts.put("halt", then("Runtime.getRuntime().halt(1);"));
        texts.put("lambda", then("java.util.function.Supplier<String> s = () -> " + SET + "; s.get();"));
        texts.put("local class", then("class Local { void go() { " + SET + "; } } new Local().go();"));
        texts.put("anonymous class", then("new Object() { { " + SET + "; } };"));
        texts.put("endless loop", then("while (true) { $l.name(); }"));
        texts.put("endless recursion", then("execute(drools, $l);"));
        texts.put("huge array", then("long[] much = new long[Integer.MAX_VALUE / 2]; insert(much.length);"));
        texts.put("lock", then("synchronized ($l) { $l.wait(); }"));
        texts.put("environment", then("insert(System.getenv()); " + SET + ";"));
        texts.put("engine of the session", then("drools.getRuntime(org.kie.api.runtime.KieRuntime.class).getKieBase(); " + SET + ";"));
        texts.put("engine", then("org.kie.api.KieServices.get().newKieFileSystem(); " + SET + ";"));
        texts.put("interpreter", then("org.mvel2.MVEL.eval(\"" + SET.replace("\"", "\\\"") + "\");"));
        texts.put("service loader", then("java.util.ServiceLoader.load(Runnable.class); " + SET + ";"));
        texts.put("timer", then("new java.util.Timer(true); " + SET + ";"));
        texts.put("pool", then("java.util.concurrent.ForkJoinPool.commonPool(); " + SET + ";"));
        texts.put("method handle", then("java.lang.invoke.MethodHandles.lookup(); " + SET + ";"));
        texts.put("logger", then("java.util.logging.Logger.getLogger(\"x\").info(\"x\"); " + SET + ";"));
        texts.put("long text", then("insert(\"x\".repeat(1000)); " + SET + ";"));
        texts.put("regular expression", then("insert(\"x\".matches(\"(x+x+)+y\")); " + SET + ";"));
        // what a condition does
        texts.put("condition", when("name == " + SET));
        texts.put("condition that calls", when(Canary.class.getName() + ".trip()"));
        texts.put("class in a condition", when("getClass().getName() == \"x\" || name != " + SET));
        texts.put("inline eval", rule("OWN-1 x", "$l : ManagementLock() eval(" + SET + " == null)", "insert(\"x\");"));
        texts.put("from", rule("OWN-1 x", "$l : ManagementLock() $s : String() from " + SET, "insert(\"x\");"));
        texts.put("from a foreign class", rule("OWN-1 x", "$l : ManagementLock() Boolean() from " + Canary.class.getName() + ".trip()", "insert(\"x\");"));
        texts.put("accumulate code", rule("OWN-1 x", "$l : ManagementLock() $n : Number() from accumulate( ManagementLock(), init( int n = 0; ) action( " + SET + "; ) result( n ) )", "insert(\"x\");"));
        texts.put("argument of a function", rule("OWN-1 x", "$l : ManagementLock() accumulate( ManagementLock( $n : name ); $c : count( " + SET + " ) )", "insert(\"x\");"));
        // what stands around
        texts.put("salience", head("salience ( Boolean.parseBoolean( " + SET + " ) ? 1 : 2 )"));
        texts.put("enabled", head("enabled ( Boolean.parseBoolean( " + SET + " ) )"));
        texts.put("name", rule("OWN-1 a\\\" + " + SET.replace("\"", "\\\"") + " + \\\"", "$l : ManagementLock()", "insert(\"x\");"));
        texts.put("escaped text", when("name == \"a\\u0022 + " + SET.replace("\"", "\\u0022") + " + \\u0022\""));
        texts.put("hidden line", then("insert(\"x\"); // \\u000a " + SET + ";"));
        texts.put("function", "function String go() { return " + SET + "; }\n" + then("go();"));
        texts.put("static import", "import static java.lang.System.setProperty\n" + then("setProperty(\"" + Canary.PROPERTY + "\", \"x\");"));
        texts.put("function import", "import function java.lang.System.setProperty\n" + then("setProperty(\"" + Canary.PROPERTY + "\", \"x\");"));
        texts.put("declared type", "declare Own\n  name : String = " + SET + "\nend\n" + then("insert(new Own());"));
        texts.put("query", "query own() $l : ManagementLock( name == " + SET + " ) end\n" + rule("OWN-1 x", "$l : ManagementLock() own()", "insert(\"x\");"));
        texts.put("global", "global java.io.PrintStream out\n" + then("out.println(\"x\"); " + SET + ";"));
        return texts;
    }

    /** A rule that does no harm. */
    static String harmless() {
        return rule("OWN-1 x", "$l : ManagementLock( name != null )", "insert(\"seen \" + $l.name());");
    }

    private static String then(String consequence) {
        return rule("OWN-1 x", "$l : ManagementLock()", consequence);
    }

    private static String when(String constraint) {
        return rule("OWN-1 x", "$l : ManagementLock( " + constraint + " )", "insert(\"x\");");
    }

    private static String head(String attribute) {
        return "rule \"OWN-1 x\"\n    " + attribute + "\nwhen\n    $l : ManagementLock()\nthen\n    insert(\"x\");\nend\n";
    }

    private static String rule(String name, String condition, String consequence) {
        return "rule \"" + name + "\"\nwhen\n    " + condition + "\nthen\n    " + consequence + "\nend\n";
    }

    /** As a file of {@link #PACKAGE}. */
    static Map<String, String> file(String text) {
        return Map.of(
                PACKAGE.replace('.', '/') + "/text.drl",
                "package " + PACKAGE + "; import dev.netkb.model.azure.ManagementLock;\n" + text);
    }
}
