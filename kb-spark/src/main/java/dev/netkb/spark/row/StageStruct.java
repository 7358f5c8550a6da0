package dev.netkb.spark.row;

import java.util.List;

/** One stage that a flow passes. */
public final class StageStruct {

    private String stage = "";
    private String verdict = "";
    private List<DecidingStruct> decidedBy = List.of();

    public String getStage() {
        return stage;
    }

    public void setStage(String stage) {
        this.stage = stage;
    }

    public String getVerdict() {
        return verdict;
    }

    public void setVerdict(String verdict) {
        this.verdict = verdict;
    }

    public List<DecidingStruct> getDecidedBy() {
        return decidedBy;
    }

    public void setDecidedBy(List<DecidingStruct> decidedBy) {
        this.decidedBy = decidedBy;
    }
}
