package dev.netkb.api.read.json;

import dev.netkb.model.report.Problem.Level;

/** Everything that can be wrong with an input. Each code has a page in {@code docs/errors}. */
public enum ProblemCode {
    NOT_JSON("KB-E101", Level.ERROR),
    TOO_MUCH("KB-E102", Level.ERROR),
    WRONG_TYPE("KB-E103", Level.ERROR),
    WRONG_VALUE("KB-E104", Level.ERROR),
    WRONG_PORT("KB-E105", Level.ERROR),
    WRONG_ADDRESS("KB-E106", Level.ERROR),
    WRONG_PRIORITY("KB-E107", Level.ERROR),
    WRONG_ID("KB-E108", Level.ERROR),
    CONTRADICTION("KB-E109", Level.ERROR),
    DUPLICATE_RULE("KB-E110", Level.ERROR),
    MISSING_FIELD("KB-E111", Level.ERROR),
    CYCLE("KB-E112", Level.ERROR),
    PARAMETERS("KB-E113", Level.ERROR),
    NOT_ACCEPTED("KB-E114", Level.ERROR),
    TERRAFORM_VERSION("KB-E115", Level.ERROR),
    REFUSED_ARCHIVE("KB-E120", Level.ERROR),
    DAMAGED_ARCHIVE("KB-E121", Level.ERROR),
    OTHER_FORMAT("KB-E122", Level.ERROR),
    CUT_BY_DEPTH("KB-E123", Level.ERROR),
    SEVERAL_SNAPSHOTS("KB-E124", Level.ERROR),
    NOT_UNDERSTOOD("KB-N101", Level.NOTICE),
    UNKNOWN_TYPE("KB-N102", Level.NOTICE),
    UNKNOWN_FIELD("KB-N103", Level.NOTICE),
    NO_PARENT("KB-N104", Level.NOTICE),
    PROVISIONING("KB-N105", Level.NOTICE),
    NOT_EVALUATED("KB-N106", Level.NOTICE),
    UNKNOWN_VALUE("KB-N107", Level.NOTICE),
    INCOMPLETE("KB-N108", Level.WARNING),
    NOTHING_READ("KB-N109", Level.WARNING),
    IMPOSSIBLE_UNITS("KB-N110", Level.NOTICE),
    UNKNOWN_PLATFORM("KB-N111", Level.NOTICE),
    OUTSIDE_NETWORK("KB-N112", Level.NOTICE),
    HOST_BITS("KB-N113", Level.NOTICE),
    UNKNOWN_TIER("KB-N114", Level.NOTICE),
    NO_ID("KB-N115", Level.NOTICE),
    REFUSED_RULE("KB-N116", Level.WARNING),
    NO_GROUP("KB-N117", Level.WARNING),
    NOT_READ("KB-N120", Level.NOTICE),
    PAGES_ASSUMED("KB-N121", Level.NOTICE),
    PLANNED_ADMIN_RULE("KB-N122", Level.WARNING),
    REFUSED_VALUE("KB-N123", Level.WARNING);

    private final String code;
    private final Level level;

    ProblemCode(String code, Level level) {
        this.code = code;
        this.level = level;
    }

    public String code() {
        return code;
    }

    public Level level() {
        return level;
    }
}
