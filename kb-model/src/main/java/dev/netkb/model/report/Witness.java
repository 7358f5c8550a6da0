package dev.netkb.model.report;

import org.jspecify.annotations.Nullable;

/**
 * One concrete packet of a flow that is dropped.
 *
 * @param sourcePort,destinationPort null where the protocol has no ports
 */
public record Witness(
        String protocol,
        String sourceAddress,
        @Nullable Integer sourcePort,
        String destinationAddress,
        @Nullable Integer destinationPort) {}
