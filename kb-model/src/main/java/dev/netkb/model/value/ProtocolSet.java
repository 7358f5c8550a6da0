package dev.netkb.model.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set of protocols, one bit each.
 *
 * @param mask bit {@code p.ordinal()} is set for every protocol p in the set
 */
public record ProtocolSet(int mask) {

    public static final ProtocolSet EMPTY = new ProtocolSet(0);
    public static final ProtocolSet ALL = new ProtocolSet((1 << Protocol.values().length) - 1);
    public static final ProtocolSet TCP = of(Protocol.TCP);
    public static final ProtocolSet UDP = of(Protocol.UDP);

    /** The protocols that carry ports. */
    public static final ProtocolSet WITH_PORTS = of(Protocol.TCP).union(of(Protocol.UDP));

    /** The protocols that carry no ports. */
    public static final ProtocolSet WITHOUT_PORTS = ALL.minus(WITH_PORTS);

    public static ProtocolSet of(Protocol protocol) {
        return new ProtocolSet(1 << protocol.ordinal());
    }

    /** Reads {@code *}, {@code Any}, {@code All} or one protocol name, in any letter case. */
    public static Optional<ProtocolSet> tryParse(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "*", "any", "all" -> Optional.of(ALL);
            default -> Protocol.tryParse(text).map(ProtocolSet::of);
        };
    }

    public ProtocolSet union(ProtocolSet other) {
        return new ProtocolSet(mask | other.mask);
    }

    public ProtocolSet intersect(ProtocolSet other) {
        return new ProtocolSet(mask & other.mask);
    }

    public ProtocolSet minus(ProtocolSet other) {
        return new ProtocolSet(mask & ~other.mask);
    }

    public boolean isEmpty() {
        return mask == 0;
    }

    public boolean contains(Protocol protocol) {
        return (mask & 1 << protocol.ordinal()) != 0;
    }

    /** The first protocol in the order of {@link Protocol}. */
    public Protocol lowest() {
        if (mask == 0) {
            throw new IllegalStateException("an empty set has no lowest protocol");
        }
        return Protocol.values()[Integer.numberOfTrailingZeros(mask)];
    }

    public List<Protocol> toList() {
        List<Protocol> protocols = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            if (contains(protocol)) {
                protocols.add(protocol);
            }
        }
        return List.copyOf(protocols);
    }

    /** {@code *} for all, else the Azure names joined by a comma. */
    @Override
    public String toString() {
        return equals(ALL)
                ? "*"
                : String.join(",", toList().stream().map(Protocol::azureName).toList());
    }
}
