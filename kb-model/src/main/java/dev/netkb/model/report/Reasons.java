package dev.netkb.model.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts about what is missing: {@code what has to be exported, because of this (the command that exports it)}. */
public final class Reasons {

    private static final String REASON = ", because ";
    private static final String COMMAND = " (";

    private Reasons() {}

    /** What has to be exported is named once, with all reasons; the order stays that of the first. */
    public static List<String> merged(List<String> missing) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (String text : missing) {
            int reason = text.indexOf(REASON);
            int command = text.lastIndexOf(COMMAND);
            if (reason < 0 || command < reason) {
                reasons.putIfAbsent(text, List.of());
            } else {
                reasons.computeIfAbsent(text.substring(0, reason) + text.substring(command), what -> new ArrayList<>())
                        .add(text.substring(reason + REASON.length(), command));
            }
        }
        return reasons.entrySet().stream()
                .map(thing -> because(
                        thing.getKey(), thing.getValue().stream().distinct().toList()))
                .toList();
    }

    private static String because(String thing, List<String> reasons) {
        if (reasons.isEmpty()) {
            return thing;
        }
        int command = thing.lastIndexOf(COMMAND);
        int last = reasons.size() - 1;
        String before = last == 0 ? "" : String.join(", ", reasons.subList(0, last)) + " and ";
        return thing.substring(0, command) + REASON + before + reasons.get(last) + thing.substring(command);
    }
}
