package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * A custom DNS server of a virtual network, one fact per address.
 *
 * @param order its place in the list, from 0
 */
public record DnsServer(ResourceId vnetId, AddressPrefix address, int order, Provenance provenance) {}
