package dev.netkb.api.rules;

/**
 * One thing that a folder of rules says: a rule, or a row of a table.
 *
 * @param id the requirement that it decides
 * @param name the name of the rule, or the title of the row
 * @param place where it stands in the folder, such as {@code rules.drl:12}
 */
public record RuleItem(Kind kind, String id, String name, String place) {

    /** What it is. */
    public enum Kind {
        RULE,
        ROW
    }
}
