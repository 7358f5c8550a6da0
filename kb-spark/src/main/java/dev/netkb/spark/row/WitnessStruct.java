package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** One packet of a flow that is dropped. */
public final class WitnessStruct {

    private String protocol = "";
    private String sourceAddress = "";
    private @Nullable Integer sourcePort;
    private String destinationAddress = "";
    private @Nullable Integer destinationPort;

    public String getProtocol() {
        return protocol;
    }

    public void setProtocol(String protocol) {
        this.protocol = protocol;
    }

    public String getSourceAddress() {
        return sourceAddress;
    }

    public void setSourceAddress(String sourceAddress) {
        this.sourceAddress = sourceAddress;
    }

    /** Null where the protocol has no ports. */
    public @Nullable Integer getSourcePort() {
        return sourcePort;
    }

    public void setSourcePort(@Nullable Integer sourcePort) {
        this.sourcePort = sourcePort;
    }

    public String getDestinationAddress() {
        return destinationAddress;
    }

    public void setDestinationAddress(String destinationAddress) {
        this.destinationAddress = destinationAddress;
    }

    /** Null where the protocol has no ports. */
    public @Nullable Integer getDestinationPort() {
        return destinationPort;
    }

    public void setDestinationPort(@Nullable Integer destinationPort) {
        this.destinationPort = destinationPort;
    }
}
