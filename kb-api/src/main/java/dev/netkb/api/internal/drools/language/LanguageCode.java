package dev.netkb.api.internal.drools.language;

/** What can be wrong with a file of rules; each code has a page in {@code docs/errors}. */
public enum LanguageCode {
    /** A word, a bracket or a sign is missing or too much. */
    SYNTAX("KB-E330"),
    /** A text, a comment or a character that cannot be read. */
    UNREADABLE("KB-E331"),
    /** The file does not begin with {@code package custom;}. */
    PACKAGE("KB-E332"),
    /** A rule does not say what a rule has to say of itself. */
    METADATA_MISSING("KB-E333"),
    /** What a rule says of itself is not a value that it can have. */
    METADATA_VALUE("KB-E334"),
    /** A rule says something of itself that does not exist. */
    METADATA_UNKNOWN("KB-E335"),
    /** Two rules have one name, or describe one id. */
    DUPLICATE("KB-E336"),
    /** The name of a rule does not begin with its id, or has characters that a name must not have. */
    RULE_NAME("KB-E337"),
    /** There are no facts of that type. */
    UNKNOWN_TYPE("KB-E340"),
    /** A type has no such field. */
    UNKNOWN_FIELD("KB-E341"),
    /** A variable does not exist, or exists already. */
    VARIABLE("KB-E342"),
    /** Two things of different kinds are compared or put together. */
    TYPE("KB-E343"),
    /** A list of fixed values has no such value. */
    UNKNOWN_VALUE("KB-E344"),
    /** A value that may be missing is used as if it were there. */
    MAY_BE_MISSING("KB-E345"),
    /** A rule that can never match. */
    NEVER_MATCHES("KB-E346"),
    /** Something that rules of folders must not contain. */
    FORBIDDEN("KB-E350"),
    /** A pattern that is not joined with those before it. */
    NO_JOIN("KB-E351"),
    /** What a rule does is not to insert one finding. */
    CONSEQUENCE("KB-E352"),
    /** A rule is too long or too deep. */
    TOO_LARGE("KB-E353"),
    /** A character that could hide what a rule says. */
    CHARACTER("KB-E354");

    private final String code;

    LanguageCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
