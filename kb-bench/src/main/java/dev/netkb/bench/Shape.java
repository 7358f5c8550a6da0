package dev.netkb.bench;

import java.util.Random;

/**
 * How much a generated snapshot holds.
 *
 * @param virtualNetworks virtual networks, at least one
 * @param subnets subnets of all networks together
 * @param nsgs network security groups; each is that of as many subnets as need one
 * @param rulesEach rules of each group, besides the six default ones
 * @param services instances of API Management, each in a subnet of its own: no more than subnets
 */
record Shape(int virtualNetworks, int subnets, int nsgs, int rulesEach, int services) {

    /** Of so many generated snapshots one is a whole subscription. */
    private static final int SUBSCRIPTION_IN = 40;

    /** What a subscription of a team holds: about 0.6 MB of JSON. */
    static final Shape SUBSCRIPTION = new Shape(66, 90, 44, 4, 6);

    /** One snapshot that is larger than any, about 60 MB of JSON. */
    static final Shape HUGE = new Shape(1_000, 5_000, 1_000, 200, 500);

    Shape {
        if (virtualNetworks < 1 || subnets < 1 || nsgs < 1 || rulesEach < 1 || services > subnets) {
            throw new IllegalArgumentException("no snapshot has " + virtualNetworks + " networks, " + subnets
                    + " subnets, " + nsgs + " groups of " + rulesEach + " rules and " + services + " services");
        }
    }

    /** Mostly the network of one service or two, now and then a whole subscription. */
    static Shape typical(Random random) {
        if (random.nextInt(SUBSCRIPTION_IN) == 0) {
            return SUBSCRIPTION;
        }
        int networks = 1 + random.nextInt(4);
        int subnets = networks * (1 + random.nextInt(4));
        return new Shape(
                networks,
                subnets,
                1 + random.nextInt(subnets),
                3 + random.nextInt(25),
                1 + random.nextInt(2) % subnets);
    }

    /** As many rules in each group, and {@code factor} times as much of everything else. */
    Shape times(double factor) {
        return new Shape(
                times(virtualNetworks, factor),
                times(subnets, factor),
                times(nsgs, factor),
                rulesEach,
                times(services, factor));
    }

    private static int times(int count, double factor) {
        return Math.max(1, (int) Math.round(count * factor));
    }
}
