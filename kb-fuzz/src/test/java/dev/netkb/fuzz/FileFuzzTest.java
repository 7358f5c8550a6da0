package dev.netkb.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Files of any bytes. The seeds are small files of every kind. */
class FileFuzzTest {

    @FuzzTest
    @DictionaryFile(resourcePath = "/dev/netkb/fuzz/json.dict")
    void anyBytes(byte[] file) {
        Invariants.read(file);
    }
}
