package dev.netkb.spark.row;

import java.util.List;

/** A part of a flow that does not pass. */
public final class DeniedStruct {

    private List<String> ports = List.of();
    private List<String> remote = List.of();
    private List<String> sourcePorts = List.of();
    private List<String> local = List.of();

    public List<String> getPorts() {
        return ports;
    }

    public void setPorts(List<String> ports) {
        this.ports = ports;
    }

    public List<String> getRemote() {
        return remote;
    }

    public void setRemote(List<String> remote) {
        this.remote = remote;
    }

    /** Empty where all of the flow are meant. */
    public List<String> getSourcePorts() {
        return sourcePorts;
    }

    public void setSourcePorts(List<String> sourcePorts) {
        this.sourcePorts = sourcePorts;
    }

    /** Empty where the whole subnet is meant. */
    public List<String> getLocal() {
        return local;
    }

    public void setLocal(List<String> local) {
        this.local = local;
    }
}
