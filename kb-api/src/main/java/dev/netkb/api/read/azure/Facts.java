package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the files of one snapshot say and joins it to a snapshot. Not thread-safe. */
public final class Facts {

    private static final String SERVICE = "microsoft.apimanagement/service";

    /** Types of resources that take up a subnet → what of the subnet they are. */
    private static final Map<String, String> OCCUPANTS = Map.of(
            "microsoft.network/networkinterfaces",
            "ipConfigurations",
            "microsoft.network/privateendpoints",
            "privateEndpoints",
            SERVICE,
            "ipConfigurations");

    private final Problems problems;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Set<Object> loose = new LinkedHashSet<>();
    private final Map<String, ChildList> children = new LinkedHashMap<>();
    private final Snapshot.Builder snapshot = Snapshot.builder();
    private final Set<ResourceId> planned = new HashSet<>();
    private final Map<ResourceId, String> counted = new LinkedHashMap<>();
    private final List<Occupant> perhaps = new ArrayList<>();
    private final Set<String> plannedDrafts = new HashSet<>();
    private @Nullable ServiceTags tags;
    private @Nullable Node tagsFrom;
    private boolean empty = true;
    /** Whether the resource that is being added is planned. */
    private boolean adding;

    private boolean exactCoverage;
    private boolean exactUsers;
    private boolean exactFeatures;

    /**
     * Rules or routes that stand on their own; they go into their group or table at the end.
     *
     * @param open why the list may hold more than these; empty where it does not
     */
    record ChildList(ResourceId parent, String component, List<Draft> parts, List<String> open) {}

    /**
     * Something that may take up a subnet.
     *
     * @param component what of the subnet it would be one of
     * @param subnetId the subnet, or one whose names are not all known; null where it may be any
     */
    private record Occupant(String component, @Nullable ResourceId subnetId, String reason) {

        Draft in(Draft draft) {
            return draft.fact() instanceof Subnet subnet
                            && (subnetId == null
                                    || StandIns.mayBeSame(
                                            subnetId.text(), subnet.id().text()))
                    ? draft.withUnknown(component, reason)
                    : draft;
        }
    }

    public Facts(Problems problems) {
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** Adds everything that a resource says. */
    public void add(Resource resource) {
        empty = false;
        saw(resource.id(), resource.type());
        adding = resource.planned();
        if (adding) {
            planned.add(resource.id());
            PrivateDnsMapper.withoutName(resource.id()).ifPresent(this::incomplete);
        }
        // Where the field type says something else, the id tells what it is.
        Resource known = Mappers.find(resource.type()).isPresent() ? resource : resource.typedById();
        Mappers.find(known.type())
                .ifPresentOrElse(
                        mapper -> {
                            reportWrongId(known.node(), problems);
                            reportUnknownId(known);
                            mapper.map(known, this);
                        },
                        () -> addUnmapped(known));
        adding = false;
    }

    private void addUnmapped(Resource resource) {
        if (SubnetUsers.recognises(resource.type())) {
            SubnetUsers.read(resource, this);
        } else if (AdminRuleReader.recognisesManaged(resource)) {
            AdminRuleReader.readManaged(resource, this);
        } else {
            problems.count(
                    ProblemCode.UNKNOWN_TYPE,
                    resource.node().place(),
                    "resources of type " + Problems.quote(resource.type()) + " are not read",
                    "No requirement needs them; they are only counted.");
        }
    }

    /** Reports an id that nobody knows; of a planned resource that is as it should be. */
    private void reportUnknownId(Resource resource) {
        Node id = resource.node().get("id");
        if (id != null && id.value() instanceof Json.Unknown unknown && !resource.planned()) {
            String name = resource.node().text("name");
            problems.add(
                    ProblemCode.UNKNOWN_VALUE,
                    id.place(),
                    "the id of " + Problems.quote(name == null ? resource.name() : name) + " is not known: "
                            + Problems.quote(unknown.reason()),
                    "What refers to it by its id does not find it; export it with its id.");
        }
    }

    /** Reports an id that is none, though the name says which resource it is. */
    static void reportWrongId(Node node, Problems problems) {
        Node id = node.get("id");
        if (id == null || id.value() instanceof Json.Unknown) {
            return;
        }
        String text = id.value() instanceof Json.Text given
                ? given.value()
                : id.value().toString();
        if (!(id.value() instanceof Json.Text) || !Fields.isBlank(text) && !Resource.isId(text)) {
            problems.add(
                    ProblemCode.WRONG_ID,
                    id.place(),
                    "id was " + Problems.quote(text) + " but must be the id of a resource",
                    "An id begins with /subscriptions/… and contains /providers/…; the exported one was changed.");
        }
    }

    /** While a file that lists them completely is read, nothing is counted or derived. */
    void exactly(boolean coverage, boolean users, boolean features) {
        exactCoverage = coverage;
        exactUsers = users;
        exactFeatures = features;
    }

    /** Counts resources of a type. */
    void sawTimes(String type, int count) {
        snapshot.covers(type);
        for (int i = 0; i < count; i++) {
            snapshot.saw(type);
        }
    }

    /** Counts a resource once, however many files describe it. */
    void saw(ResourceId id, String type) {
        if (!exactCoverage && counted.putIfAbsent(id, type) == null) {
            snapshot.saw(type);
        }
    }

    /** Says that the export holds answers of a kind that are no resources, such as network status. */
    void sawKind(String kind) {
        empty = false;
        if (!exactCoverage) {
            snapshot.saw(kind);
        }
    }

    /** Says that the export holds all answers of a kind, even where there are none. */
    void covers(String kind) {
        empty = false;
        if (!exactCoverage) {
            snapshot.covers(kind);
        }
    }

    /** Says that there are more resources of a type than the export holds. */
    public void incomplete(String type) {
        snapshot.incomplete(type);
    }

    /** The ids of the resources so far. */
    public Collection<ResourceId> ids() {
        return Collections.unmodifiableSet(counted.keySet());
    }

    /** Says that there may be more resources of all types than the plan shows. */
    public void anythingMore(String reason) {
        Mappers.types().forEach(this::incomplete);
        OCCUPANTS.values().forEach(component -> perhapsIn(null, component, "what is in it may not be all: " + reason));
    }

    /** Says that a planned resource may or may not be there, and with it what it would take up. */
    public void perhaps(Resource resource, String reason) {
        incomplete(resource.type());
        String component = OCCUPANTS.get(resource.type());
        if (component != null) {
            Set<ResourceId> subnets =
                    VirtualNetworkMapper.subnetIds(resource.node().value());
            String why = resource.name() + " may be in it: " + reason;
            subnets.forEach(subnet -> perhapsIn(subnet, component, why));
            if (subnets.isEmpty() && !resource.type().equals(SERVICE)) {
                perhapsIn(null, component, why);
            }
        }
    }

    /** Says that something may take up a subnet; any where it is null. */
    void perhapsIn(@Nullable ResourceId subnetId, String component, String reason) {
        perhaps.add(new Occupant(component, subnetId, reason));
    }

    /** Counts a planned resource of which nothing but its type is known. */
    public void sawUnknown(String type) {
        sawKind(type);
    }

    void add(Draft draft) {
        Draft before = drafts.get(draft.key());
        boolean wasPlanned = plannedDrafts.contains(draft.key());
        if (adding) {
            plannedDrafts.add(draft.key());
        }
        if (before == null || adding && !wasPlanned) {
            // A deployment puts what it says in the place of what is there.
            drafts.put(draft.key(), draft);
        } else if (adding || !wasPlanned) {
            drafts.put(draft.key(), before.join(draft, what(draft), problems));
        }
    }

    /** Adds a fact that has an id of its own, with what its fields said. */
    <T extends Record & AzureFact> void add(T fact, Fields fields) {
        add(fact, fields.said());
    }

    <T extends Record & AzureFact> void add(T fact, Set<String> said) {
        add(new Draft(key(fact.getClass().getSimpleName(), fact.id()), fact, said));
    }

    private static String what(Draft draft) {
        int blank = draft.key().indexOf(' ');
        String id = draft.fact() instanceof AzureFact fact
                ? fact.id().text()
                : draft.key().substring(blank + 1);
        return draft.key().substring(0, blank) + " " + Problems.quote(id);
    }

    /** Adds a fact that has no id of its own; equal ones count once. */
    void addLoose(Object fact) {
        loose.add(fact);
    }

    /** Adds a fact that a resource shows though it is about another one. */
    void addDerived(Object fact) {
        if (fact instanceof SubnetUser ? !exactUsers : !exactFeatures) {
            addLoose(fact);
        }
    }

    /** Adds a rule or route that stands on its own. */
    void addChild(ResourceId parent, String component, Draft part) {
        children(parent, component).parts().add(part);
    }

    /** Says that a group or table has a rule or route of which too little is known to tell what it does. */
    void addOpenChild(ResourceId parent, String component, Node at, String reason) {
        children(parent, component).open().add(reason);
        problems.add(
                ProblemCode.UNKNOWN_VALUE,
                at.place(),
                "the " + component + " of " + Problems.quote(parent.name()) + " are not all known: "
                        + Problems.quote(reason),
                "What depends on them is undetermined.");
    }

    private ChildList children(ResourceId parent, String component) {
        return children.computeIfAbsent(
                parent.key() + " " + component,
                key -> new ChildList(parent, component, new ArrayList<>(), new ArrayList<>()));
    }

    void serviceTags(ServiceTags read, Node from) {
        empty = false;
        if (tags == null) {
            tags = read;
            tagsFrom = from;
        } else if (!tags.changeNumber().equals(read.changeNumber())
                || !tags.cloud().equals(read.cloud())) {
            problems.add(
                    ProblemCode.CONTRADICTION,
                    from.place(),
                    "there are two lists of service tags: " + read.cloud() + " " + read.changeNumber() + " here and "
                            + tags.cloud() + " " + tags.changeNumber() + " in "
                            + (tagsFrom == null ? "" : tagsFrom.file()),
                    "Keep the one that fits the rest of the export.");
        }
    }

    /** Whether nothing at all was understood. */
    public boolean isEmpty() {
        return empty;
    }

    /** The snapshot; only meaningful where no error was found. */
    public Snapshot build() {
        children.values().forEach(this::attach);
        addUnknownSubnets();
        markOccupants();
        for (Draft joined : drafts.values()) {
            Draft draft =
                    joined.fact() instanceof ApiManagementService ? ApiManagementMapper.inAgreement(joined) : joined;
            if (draft.fact() instanceof VirtualNetworkMapper.DnsServers list) {
                list.servers().forEach(snapshot::add);
            } else if (draft.fact() instanceof Subnet subnet) {
                snapshot.add(VirtualNetworkMapper.inside(network(subnet), subnet, problems));
            } else {
                snapshot.add(draft.fact());
            }
            reportParent(draft);
        }
        List<ResourceId> vnets = drafts.values().stream()
                .filter(draft -> draft.fact() instanceof VirtualNetwork)
                .map(draft -> ((VirtualNetwork) draft.fact()).id())
                .toList();
        for (Object fact : loose) {
            snapshot.add(fact instanceof SecurityAdminRule rule ? AdminRuleReader.tie(rule, vnets, problems) : fact);
        }
        if (tags != null) {
            snapshot.serviceTags(tags);
        }
        return snapshot.build();
    }

    /** Where it is not known which subnets a network has, the one of an instance is one of them. */
    private void addUnknownSubnets() {
        List<ResourceId> used = drafts.values().stream()
                .filter(draft -> draft.fact() instanceof ApiManagementService)
                .flatMap(draft -> ((ApiManagementService) draft.fact()).locations().stream())
                .map(Location::subnetId)
                .filter(Objects::nonNull)
                .toList();
        for (ResourceId id : used) {
            Draft network = id.parent()
                    .map(vnet -> drafts.get(key(VirtualNetworkMapper.KIND, vnet)))
                    .orElse(null);
            String reason =
                    network == null ? null : network.provenance().unknown().get("subnets");
            if (reason != null && network != null) {
                drafts.computeIfAbsent(
                        key("subnet", id), key -> VirtualNetworkMapper.unknownSubnet(key, id, network, reason));
            }
        }
    }

    private void markOccupants() {
        for (Object fact : loose) {
            if (fact instanceof SubnetUser user
                    && StandIns.isIn(user.subnetId().text())
                    && !drafts.containsKey(key("subnet", user.subnetId()))) {
                perhapsIn(
                        user.subnetId(),
                        user.kind() == SubnetUser.Kind.PRIVATE_ENDPOINT ? "privateEndpoints" : "ipConfigurations",
                        "the subnet of " + user.owner().name() + " may be this one");
            }
        }
        perhaps.forEach(occupant -> drafts.replaceAll((key, draft) -> occupant.in(draft)));
    }

    private @Nullable VirtualNetwork network(Subnet subnet) {
        Draft network =
                drafts.get(VirtualNetworkMapper.KIND + " " + subnet.vnetId().key());
        return network == null ? null : (VirtualNetwork) network.fact();
    }

    private void attach(ChildList list) {
        List<Draft> parts = joinSame(list.parts());
        String kind = list.component().equals("rules") ? NetworkSecurityGroupMapper.KIND : RouteTableMapper.KIND;
        Draft parent = drafts.get(kind + " " + list.parent().key());
        if (parent == null && parts.isEmpty()) {
            return;
        }
        if (parent == null) {
            problems.add(
                    ProblemCode.NO_PARENT,
                    parts.get(0).provenance().place(),
                    parts.size() + " " + list.component() + " of "
                            + Problems.quote(list.parent().text())
                            + " are in the export, but that resource itself is not",
                    "Export the whole resource: what else it contains is not known.");
            return;
        }
        Draft joined = NetworkSecurityGroupMapper.withParts(
                parent, list.component(), parts, planned.contains(list.parent()), problems);
        drafts.put(
                parent.key(),
                list.open().isEmpty()
                        ? joined
                        : joined.withUnknown(list.component(), list.open().get(0)));
    }

    private List<Draft> joinSame(List<Draft> parts) {
        Map<String, Draft> byKey = new LinkedHashMap<>();
        for (Draft part : parts) {
            byKey.merge(part.key(), part, (a, b) -> a.join(b, Problems.quote(a.key()), problems));
        }
        return List.copyOf(byKey.values());
    }

    private void reportParent(Draft draft) {
        ResourceId vnet = draft.fact() instanceof Subnet subnet
                ? subnet.vnetId()
                : draft.fact() instanceof VnetPeering peering ? peering.vnetId() : null;
        if (vnet != null && !drafts.containsKey(VirtualNetworkMapper.KIND + " " + vnet.key())) {
            problems.add(
                    ProblemCode.NO_PARENT,
                    draft.provenance().place(),
                    what(draft) + " is in the export, but its virtual network is not",
                    "Export the virtual network too: its address space and DNS servers are not known.");
        }
    }

    static String key(String kind, ResourceId id) {
        return kind + " " + id.key();
    }
}
