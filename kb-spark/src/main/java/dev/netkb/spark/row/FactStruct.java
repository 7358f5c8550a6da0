package dev.netkb.spark.row;

/** A fact that a piece of evidence speaks of. */
public final class FactStruct {

    private String type = "";
    private String id = "";

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }
}
