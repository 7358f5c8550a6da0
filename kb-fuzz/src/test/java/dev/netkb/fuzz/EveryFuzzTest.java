package dev.netkb.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.Method;

/**
 * All other targets, each with the same input, because a JVM fuzzes only one target and takes seconds to start. So each
 * gets its share, whatever the fuzzer finds most rewarding.
 */
class EveryFuzzTest {

    @FuzzTest
    @DictionaryFile(resourcePath = "/dev/netkb/fuzz/json.dict")
    @DictionaryFile(resourcePath = "/dev/netkb/fuzz/expression.dict")
    void anyTarget(byte[] input) throws Throwable {
        for (Method target : Targets.ALL) {
            Targets.run(target, input);
        }
    }
}
