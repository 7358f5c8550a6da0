package dev.netkb.spark.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A required flow. */
public final class FlowStruct {

    private String direction = "";
    private String protocol = "";
    private List<String> ports = List.of();
    private String remote = "";
    private String verdict = "";
    private List<StageStruct> stages = List.of();
    private List<DeniedStruct> denied = List.of();
    private @Nullable WitnessStruct witness;
    private List<String> missing = List.of();

    public String getDirection() {
        return direction;
    }

    public void setDirection(String direction) {
        this.direction = direction;
    }

    public String getProtocol() {
        return protocol;
    }

    public void setProtocol(String protocol) {
        this.protocol = protocol;
    }

    public List<String> getPorts() {
        return ports;
    }

    public void setPorts(List<String> ports) {
        this.ports = ports;
    }

    public String getRemote() {
        return remote;
    }

    public void setRemote(String remote) {
        this.remote = remote;
    }

    public String getVerdict() {
        return verdict;
    }

    public void setVerdict(String verdict) {
        this.verdict = verdict;
    }

    public List<StageStruct> getStages() {
        return stages;
    }

    public void setStages(List<StageStruct> stages) {
        this.stages = stages;
    }

    public List<DeniedStruct> getDenied() {
        return denied;
    }

    public void setDenied(List<DeniedStruct> denied) {
        this.denied = denied;
    }

    /** Null where no packet is dropped or none can be named. */
    public @Nullable WitnessStruct getWitness() {
        return witness;
    }

    public void setWitness(@Nullable WitnessStruct witness) {
        this.witness = witness;
    }

    public List<String> getMissing() {
        return missing;
    }

    public void setMissing(List<String> missing) {
        this.missing = missing;
    }
}
