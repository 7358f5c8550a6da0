package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** Something seen in the export that decided a result. */
public final class EvidenceStruct {

    private String key = "";
    private String value = "";
    private @Nullable FactStruct fact;
    private @Nullable PlaceStruct at;

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    public String getValue() {
        return value;
    }

    public void setValue(String value) {
        this.value = value;
    }

    /** Null where it was seen on none. */
    public @Nullable FactStruct getFact() {
        return fact;
    }

    public void setFact(@Nullable FactStruct fact) {
        this.fact = fact;
    }

    /** Null where it was not read from a file. */
    public @Nullable PlaceStruct getAt() {
        return at;
    }

    public void setAt(@Nullable PlaceStruct at) {
        this.at = at;
    }
}
