package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** What a result is about. */
public final class SubjectStruct {

    private String type = "";
    private String id = "";
    private @Nullable String location;

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

    /** Null where the subject has none. */
    public @Nullable String getLocation() {
        return location;
    }

    public void setLocation(@Nullable String location) {
        this.location = location;
    }
}
