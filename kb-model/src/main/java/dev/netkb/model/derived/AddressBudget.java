package dev.netkb.model.derived;

import dev.netkb.model.azure.Subnet;
import dev.netkb.model.value.ResourceId;

/**
 * The addresses of a subnet and who needs them (requirements B.5).
 *
 * @param usable addresses that resources can get: all but the five that Azure keeps of each block
 * @param others addresses that other resources take
 * @param need addresses that all instances in the subnet take, as far as their units are known
 */
public record AddressBudget(Subnet subnet, long usable, long others, long need) {

    public static AddressBudget of(Subnet subnet, SubnetOccupants occupants, Number need) {
        return new AddressBudget(subnet, subnet.usableAddresses(), occupants.addresses(), need.longValue());
    }

    public ResourceId subnetId() {
        return subnet.id();
    }

    /** Addresses that are left for API Management; below 0 where others take more than there are. */
    public long free() {
        return usable - others;
    }

    public boolean isExhausted() {
        return need > free();
    }

    /** Addresses that all instances take once one of them has all units of its tier. */
    public long needAtMost(AddressNeed grown) {
        return need - grown.now() + grown.most();
    }

    public boolean isExhaustedBy(AddressNeed grown) {
        return needAtMost(grown) > free();
    }

    /** The prefix length of the smallest block that has room for a number of addresses besides the others. */
    public int prefixLengthFor(long addresses) {
        long wanted = addresses + others + Subnet.RESERVED_ADDRESSES;
        int length = 29;
        while (length > 8 && 1L << 32 - length < wanted) {
            length--;
        }
        return length;
    }

    /** Such as {@code subnet apim has 27 usable addresses, 4 of them taken by others}. */
    public String text() {
        return "subnet " + subnet.name() + " has " + usable + " usable addresses"
                + (others == 0 ? "" : ", of which others take " + others);
    }
}
