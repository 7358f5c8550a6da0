package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** A location that was evaluated. */
public final class LocationStruct {

    private String service = "";
    private String location = "";
    private @Nullable String subnet;
    private String virtualNetworkType = "";
    private @Nullable String platformVersion;
    private @Nullable String sku;
    private String baseline = "";

    public String getService() {
        return service;
    }

    public void setService(String service) {
        this.service = service;
    }

    public String getLocation() {
        return location;
    }

    public void setLocation(String location) {
        this.location = location;
    }

    /** Null where it has none. */
    public @Nullable String getSubnet() {
        return subnet;
    }

    public void setSubnet(@Nullable String subnet) {
        this.subnet = subnet;
    }

    public String getVirtualNetworkType() {
        return virtualNetworkType;
    }

    public void setVirtualNetworkType(String virtualNetworkType) {
        this.virtualNetworkType = virtualNetworkType;
    }

    public @Nullable String getPlatformVersion() {
        return platformVersion;
    }

    public void setPlatformVersion(@Nullable String platformVersion) {
        this.platformVersion = platformVersion;
    }

    public @Nullable String getSku() {
        return sku;
    }

    public void setSku(@Nullable String sku) {
        this.sku = sku;
    }

    /** The newest date of the requirements that were applied. */
    public String getBaseline() {
        return baseline;
    }

    public void setBaseline(String baseline) {
        this.baseline = baseline;
    }
}
