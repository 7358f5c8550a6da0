package dev.netkb.api.read.terraform;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a plan or state: one instance where {@code count} or {@code for_each} make several.
 *
 * @param address as Terraform writes it, such as {@code module.net.azurerm_subnet.apim["x"]}
 * @param module where it stands; at the root {@link ModuleAddress#ROOT}
 * @param data whether it is a data source: something that exists already
 * @param key its index as Terraform writes it, {@code 0} or {@code "x"}; null where there is one only
 * @param alias the alias of its provider, which may be of another subscription; empty for the usual one
 */
record Instance(
        String address,
        ModuleAddress module,
        String type,
        String name,
        boolean data,
        @Nullable String key,
        Term arguments,
        String alias) {

    private static final String AZAPI = "azapi_";

    /** How expressions of its module name it, without its index. */
    String stem() {
        return (data ? "data." : "") + type + "." + name;
    }

    boolean isAzapi() {
        return type.startsWith(AZAPI);
    }

    /** Its type in ARM, as ARM writes it; null where it is none or not known. */
    @Nullable
    String armType() {
        if (isAzapi()) {
            String written = arguments.get("type").text();
            if (written == null || written.indexOf('/') <= 0 || written.indexOf('@') <= 0) {
                return null;
            }
            return written.substring(0, written.indexOf('@'));
        }
        Shape shape = Shape.of(type);
        return shape == null || shape.role() != Shape.Role.RESOURCE && shape.role() != Shape.Role.EXTENSION
                ? null
                : shape.armType();
    }

    boolean is(String lowerCaseArmType) {
        String own = armType();
        return own != null && own.toLowerCase(Locale.ROOT).equals(lowerCaseArmType);
    }

    /** A text that stands for a name that is not known, equal for equal resources. */
    String symbol() {
        return "{" + address.replace('/', '_') + "}";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Instance that && address.equals(that.address) && data == that.data;
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }
}
