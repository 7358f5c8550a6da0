package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCacheTest {

    @Test
    void isBelowTheCacheOfTheUser(@TempDir Path home) {
        String given = home.resolve("given").toString();

        assertThat(RuleCache.folder(Map.of("XDG_CACHE_HOME", given, "HOME", home.toString()), "Linux"))
                .isEqualTo(home.resolve("given/netkb/rules"));
        assertThat(RuleCache.folder(Map.of("HOME", home.toString()), "Mac OS X"))
                .isEqualTo(home.resolve(".cache/netkb/rules"));
        assertThat(RuleCache.folder(Map.of("LOCALAPPDATA", given, "HOME", home.toString()), "Windows 11"))
                .isEqualTo(home.resolve("given/netkb/rules"));
    }

    @Test
    void isNowhereWhereTheSystemNamesNoFolder() {
        assertThat(RuleCache.folder(Map.of(), "Linux")).isNull();
        assertThat(RuleCache.folder(Map.of("HOME", "relative"), "Linux")).isNull();
        assertThat(RuleCache.folder(Map.of("HOME", "\0"), "Linux")).isNull();
        assertThat(RuleCache.folder(Map.of("HOME", "/home/x"), "Windows 11")).isNull();
    }
}
