package dev.netkb.model.reach;

/**
 * The packets of a box whose far-side address lies where the signature says.
 */
record Cell(Signature signature, Box box) {

    /** Whether it surely is the set of packets that its box says. */
    boolean isConcrete() {
        return signature.isNone();
    }
}
