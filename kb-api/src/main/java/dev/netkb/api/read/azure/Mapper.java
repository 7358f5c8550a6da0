package dev.netkb.api.read.azure;

import java.util.Set;

/** Turns resources of some types into facts. */
interface Mapper {

    /** The resource types that it reads, in lower case. */
    Set<String> types();

    void map(Resource resource, Facts facts);
}
