package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json.Unknown;

/** Ends the evaluation of one function that has no value. It never leaves {@link Functions.Function#call}. */
final class NoValue extends RuntimeException {

    private final transient Unknown unknown;

    /** What is wrong with the arguments, in plain words. */
    NoValue(String reason) {
        this(new Unknown(reason));
    }

    /** The value that would be needed and is not known. */
    NoValue(Unknown unknown) {
        super(unknown.reason(), null, false, false);
        this.unknown = unknown.derived();
    }

    Unknown unknown() {
        return unknown;
    }
}
