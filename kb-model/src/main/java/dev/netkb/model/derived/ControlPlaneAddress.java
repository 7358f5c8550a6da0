package dev.netkb.model.derived;

import dev.netkb.model.value.AddressPrefix;

/**
 * An address of the control plane of API Management that was published once and is no longer (requirements F.3): it serves
 * to recognise rules and routes that went stale.
 *
 * @param cloud such as {@code Public}
 * @param region as the list printed it
 */
public record ControlPlaneAddress(String cloud, String region, AddressPrefix address) {

    /** Such as {@code 51.145.179.78 (West Europe)}. */
    public String text() {
        return address.text() + " (" + region + ")";
    }
}
