package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.reach.AddressSpaces;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What is taken for granted about tags without data, held against the tags that Microsoft publishes. */
class RealTagFileTest {

    private static final String FILE = "service-tags/ServiceTags_Public_20251028.json";
    private static final int CASES = 2_000;

    /** The tags that API Management needs, which rules about it name. */
    private static final List<String> USUAL = List.of(
            "ApiManagement",
            "ApiManagement.WestEurope",
            "Storage",
            "Storage.WestEurope",
            "Storage.EastUS",
            "Sql",
            "Sql.WestEurope",
            "AzureKeyVault",
            "AzureKeyVault.WestEurope",
            "EventHub",
            "EventHub.WestEurope",
            "AzureMonitor",
            "AzureActiveDirectory",
            "AzureConnectors",
            "AzureConnectors.WestEurope",
            "AzureTrafficManager",
            "AzureCloud",
            "AzureCloud.westeurope");

    /** The promise that a tag breaks, null where it keeps both. */
    private static Optional<String> broken(ServiceTag tag, ServiceTags data) {
        AddressSet addresses = data.find(tag).orElseThrow();
        AddressSet holder = tag.parent().flatMap(data::find).orElse(AddressSpaces.PUBLIC);
        if (!holder.containsAll(addresses)) {
            return Optional.of(
                    tag + " leaves " + tag.parent().map(ServiceTag::name).orElse("the internet"));
        }
        if (addresses.ipv4().isEmpty()) {
            return Optional.of(tag + " has no IPv4 address");
        }
        return addresses.ipv4().containsAll(holder.ipv4())
                ? Optional.of(
                        tag + " is all of " + tag.parent().map(ServiceTag::name).orElse("the internet"))
                : Optional.empty();
    }

    @Test
    void publishedTagsBreakThePromisesOnlyWhereARegionHasNoIpv4Address(TestReporter reporter) {
        ServiceTags data = ServiceTags.of("Public", "375", "tags.json", RealData.tags(FILE));

        List<String> broken =
                data.tags().stream().flatMap(tag -> broken(tag, data).stream()).toList();

        reporter.publishEntry("tags that break a promise", broken.toString());
        assertThat(broken).allMatch(text -> text.endsWith("has no IPv4 address") && text.contains("."));
    }

    @Test
    void aVerdictWithoutTheFileIsTheVerdictWithIt(TestReporter reporter) {
        Map<ServiceTag, List<String>> listed = new TreeMap<>(RealData.tags(FILE));
        ServiceTags data = ServiceTags.of("Public", "375", "tags.json", listed);
        List<ServiceTag> usual = USUAL.stream().map(ServiceTag::of).toList();
        List<ServiceTag> all = listed.keySet().stream()
                .filter(tag -> broken(tag, data).isEmpty())
                .toList();
        Map<Verdict, Integer> determined = new EnumMap<>(Verdict.class);
        for (int i = 0; i < CASES; i++) {
            Draw draw = new Draw(new Random(i));
            World world = new OpenWorldGenerator(draw, draw.chance(0.7) ? usual : all).world();

            Verdict without =
                    Reachability.ofGroups(world.snapshot()).decide(world.flow()).verdict();
            Verdict with = Reachability.ofGroups(world.snapshot().withServiceTags(data))
                    .decide(world.flow())
                    .verdict();

            determined.merge(without, 1, Integer::sum);
            if (without != Verdict.UNDETERMINED) {
                assertThat(with).as("case %s\n%s", i, world).isEqualTo(without);
            } else {
                assertThat(with).as("case %s\n%s", i, world).isNotEqualTo(isKnown(world) ? Verdict.UNDETERMINED : null);
            }
        }
        reporter.publishEntry("verdicts without the file", determined.toString());
        assertThat(determined.keySet()).contains(Verdict.values());
    }

    /** Whether nothing but tags is open: a default route to an appliance stays open with every tag file. */
    private static boolean isKnown(World world) {
        return world.snapshot().routeTables().isEmpty();
    }

    /** Real tags are big: the oracle walks fewer packets, but those of every interval of the tag that is asked for. */
    @Test
    void realTagsAreDecidedAsTheirPacketsAre() {
        Map<ServiceTag, List<String>> listed = RealData.tags(FILE);
        List<ServiceTag> small = USUAL.stream()
                .map(ServiceTag::of)
                .filter(tag -> listed.get(tag).size() < 200)
                .toList();
        for (int i = 0; i < 60; i++) {
            World open = new OpenWorldGenerator(new Draw(new Random(i)), small).world();
            if (!isKnown(open) || !(open.flow().remote() instanceof FlowRemote.Tag)) {
                continue;
            }
            Set<ServiceTag> named = small.stream()
                    .filter(tag -> open.toString().contains(tag.name()))
                    .collect(Collectors.toSet());
            Map<ServiceTag, List<String>> data = new TreeMap<>(listed);
            data.keySet().retainAll(named);
            Flow flow = open.flow();
            World world = World.of(open.snapshot().toBuilder(), data, flow);

            assertThat(Exactness.of(world).disagreement()).as("case %s", i).isNull();
        }
    }
}
