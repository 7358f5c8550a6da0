package dev.netkb.model.value;

/** What one entry of a rule's source or destination stands for. */
public sealed interface AddressMatch {

    /** The entry as people read it. */
    String text();

    /** {@code *}, {@code Any} or {@code 0.0.0.0/0}: every address of both families. */
    record Any() implements AddressMatch {
        @Override
        public String text() {
            return "*";
        }
    }

    /** An address or CIDR block. */
    record Prefix(AddressPrefix prefix) implements AddressMatch {
        @Override
        public String text() {
            return prefix.text();
        }
    }

    /** A service tag. */
    record Tag(ServiceTag tag) implements AddressMatch {
        @Override
        public String text() {
            return tag.name();
        }
    }

    /** An application security group; it never contains addresses of a managed service. */
    record Asg(ResourceId id) implements AddressMatch {
        @Override
        public String text() {
            return id.text();
        }
    }

    /** A value that could not be determined, such as an expression without a value; it may be any set of addresses. */
    record Unknown(String text) implements AddressMatch {}
}
