package dev.netkb.model.reach.oracle;

import dev.netkb.model.value.ServiceTag;

/** One possible truth about what an export leaves open. */
interface Assumption {

    /** Nothing is open; to be asked is an error of the test. */
    Assumption NOTHING_IS_OPEN = new Assumption() {
        @Override
        public Zone tag(ServiceTag tag) {
            throw new IllegalStateException("the addresses of " + tag + " are asked for");
        }

        @Override
        public Zone unknown(String text) {
            throw new IllegalStateException("the addresses of '" + text + "' are asked for");
        }
    };

    /** The addresses of a tag without data. */
    Zone tag(ServiceTag tag);

    /** The addresses of something that is known by its text only. */
    Zone unknown(String text);
}
