package dev.netkb.model.reach;

import dev.netkb.model.azure.NsgRule;

/**
 * How a rule compares with one packet, field by field, whether or not an earlier rule decides.
 *
 * @param sourcePort,destinationPort of a packet without ports they match where the rule names its protocol or is for
 *     every port
 */
public record RuleMatch(
        NsgRule rule,
        Matched protocol,
        Matched source,
        Matched sourcePort,
        Matched destination,
        Matched destinationPort) {

    /** Whether a field matches. */
    public enum Matched {
        YES,
        NO,
        /** Data that would say it are missing. */
        UNKNOWN;

        static Matched of(boolean matched) {
            return matched ? YES : NO;
        }
    }

    /** Whether the rule matches the packet: every field does. */
    public Matched matched() {
        Matched all = Matched.YES;
        for (Matched field : new Matched[] {protocol, source, sourcePort, destination, destinationPort}) {
            if (field == Matched.NO) {
                return Matched.NO;
            }
            all = field == Matched.UNKNOWN ? field : all;
        }
        return all;
    }
}
