package dev.netkb.model.derived;

/**
 * How large the subnet of a location may be, for one way to use a network. The numbers are parameters of the rules.
 *
 * @param model the way to use the network
 * @param longest the prefix length of the smallest subnet
 * @param recommended the prefix length that is recommended
 * @param shortest the prefix length of the largest subnet; 0 where no document says one
 */
public record SubnetLimit(NetworkModel model, int longest, int recommended, int shortest) {}
