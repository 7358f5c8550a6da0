package dev.netkb.api.internal.pack;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a folder of rules and its tables. Each code has a page in {@code docs/errors}. */
public enum FolderCode {
    NO_FOLDER("KB-E301"),
    UNKNOWN_FILE("KB-E302"),
    UNREADABLE_FILE("KB-E303"),
    TOO_LARGE("KB-E304"),
    NO_YAML("KB-E305"),
    WRONG_SETTING("KB-E306"),
    UNKNOWN_ID("KB-E307"),
    TWO_VERSIONS("KB-E308"),
    NO_TABLE("KB-E310"),
    NO_HEADER("KB-E311"),
    WRONG_COLUMN("KB-E312"),
    MISSING_COLUMN("KB-E313"),
    MISSING_VALUE("KB-E314"),
    WRONG_VALUE("KB-E315"),
    UNKNOWN_TAG("KB-E316"),
    WRONG_DATE("KB-E317"),
    WRONG_ID("KB-E318"),
    DATES_REVERSED("KB-E319"),
    CONTRADICTION("KB-E320"),
    NEVER_APPLIES("KB-E321"),
    MISFIT("KB-E322"),
    SPREADSHEET_CHANGED_IT("KB-E323"),
    DUPLICATE_ROW("KB-N301"),
    SHADOWED_ROW("KB-N302"),
    TAG_NOT_KNOWN("KB-N303"),
    WEAKER("KB-N304"),
    DOCUMENT_NOT_KNOWN("KB-N305");

    private final String code;

    FolderCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** An error keeps the folder from being loaded. */
    public Level level() {
        return code.startsWith("KB-E") ? Level.ERROR : Level.WARNING;
    }

    /**
     * A problem of this kind.
     *
     * @param rule the id of the row, null where it has none
     */
    RuleProblem at(Spot spot, @Nullable String rule, String message, String hint) {
        return new RuleProblem(code, level(), spot, rule, message, null, hint);
    }
}
