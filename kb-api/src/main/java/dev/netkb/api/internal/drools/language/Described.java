package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule with what it says of itself. */
record Described(SourceText source, Token name, List<Annotation> annotations) {

    @Nullable
    Annotation annotation(String key) {
        return annotations.stream()
                .filter(each -> each.at().text().equals(key))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String value(String key) {
        Annotation annotation = annotation(key);
        return annotation == null ? null : annotation.value().value().trim();
    }

    String text(String key) {
        String value = value(key);
        return value == null ? "" : value;
    }

    @Nullable
    String id() {
        String id = value("id");
        return id == null || id.isEmpty() ? null : id;
    }

    /** Whether it describes its requirement; further rules of an id only name it. */
    boolean isComplete() {
        return annotation("severity") != null;
    }

    Map<String, Annotation> byKey() {
        Map<String, Annotation> byKey = new LinkedHashMap<>();
        annotations.forEach(each -> byKey.putIfAbsent(each.at().text(), each));
        return byKey;
    }
}
