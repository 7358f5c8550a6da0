package dev.netkb.spark.row;

/** Why a violation is accepted, by whom, and until when. */
public final class WaiverStruct {

    private String reason = "";
    private String owner = "";
    private String expires = "";

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }

    public String getExpires() {
        return expires;
    }

    public void setExpires(String expires) {
        this.expires = expires;
    }
}
