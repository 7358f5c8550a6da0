package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** A document that demands something. */
public final class SourceStruct {

    private String document = "";
    private @Nullable String date;
    private @Nullable String section;
    private @Nullable String url;

    public String getDocument() {
        return document;
    }

    public void setDocument(String document) {
        this.document = document;
    }

    public @Nullable String getDate() {
        return date;
    }

    public void setDate(@Nullable String date) {
        this.date = date;
    }

    public @Nullable String getSection() {
        return section;
    }

    public void setSection(@Nullable String section) {
        this.section = section;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }
}
