package dev.netkb.model.reach.oracle;

/** Whether a rule matches a packet, as far as that is known. */
enum Answer {
    NO,
    MAYBE,
    YES;

    static Answer of(boolean matches) {
        return matches ? YES : NO;
    }

    Answer and(Answer other) {
        return compareTo(other) < 0 ? this : other;
    }

    Answer or(Answer other) {
        return compareTo(other) > 0 ? this : other;
    }

    /** At best maybe, where something that it rests on is not known. */
    Answer unless(boolean unknown) {
        return unknown ? and(MAYBE) : this;
    }
}
