package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.ResourceProviderRegistration;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SelfHostedGateway;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.azure.WorkspaceGatewayLink;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the project's own format as they are: an object with a field for each component of the record. What is null
 * or empty is left out; {@code unknown} names the components whose value is not known, with the reason.
 */
public final class FactJson {

    /** The facts that are written in this way. The others are written in the shape of Azure's resources. */
    public static final List<Class<? extends Record>> TYPES = List.of(
            VirtualNetworkGateway.class,
            LocalNetworkGateway.class,
            GatewayConnection.class,
            AzureFirewall.class,
            FirewallPolicy.class,
            FirewallRuleCollectionGroup.class,
            IpGroup.class,
            SecurityAdminRule.class,
            PrivateDnsZone.class,
            PrivateDnsRecordSet.class,
            PrivateDnsLink.class,
            PrivateEndpoint.class,
            ManagementLock.class,
            WorkspaceGateway.class,
            WorkspaceGatewayLink.class,
            SelfHostedGateway.class,
            BackendHost.class,
            ResourceProviderRegistration.class);

    private static final String UNKNOWN = "unknown";

    private final Problems problems;

    private FactJson(Problems problems) {
        this.problems = problems;
    }

    /** A fact as JSON. */
    public static Json.Obj write(Record fact) {
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            Object value = value(fact, component);
            boolean provenance = value instanceof Provenance;
            Json json = value instanceof Provenance from ? texts(from.unknown()) : json(value);
            if (!(json instanceof Json.Null
                    || json instanceof Json.Arr list && list.items().isEmpty()
                    || provenance && ((Json.Obj) json).size() == 0)) {
                keys.add(provenance ? UNKNOWN : component.getName());
                values.add(json);
            }
        }
        return new Json.Obj(keys, values);
    }

    private static Json.Obj texts(Map<String, String> texts) {
        Map<String, String> sorted = new TreeMap<>(texts);
        return new Json.Obj(
                List.copyOf(sorted.keySet()),
                sorted.values().stream().map(text -> (Json) new Json.Text(text)).toList());
    }

    private static Json json(@Nullable Object value) {
        if (value == null) {
            return Json.NULL;
        } else if (value instanceof List<?> list) {
            return new Json.Arr(list.stream().map(FactJson::json).toList());
        } else if (value instanceof AddressSet set) {
            return json(set.toPrefixes());
        } else if (value instanceof PortSet ports) {
            return json(ports.toTexts());
        } else if (value instanceof ProtocolSet protocols) {
            return json(protocols.toList().stream().map(Protocol::azureName).toList());
        } else if (value instanceof AddressMatch.Unknown unknown) {
            return new Json.Unknown(unknown.text());
        } else if (value instanceof AddressMatch match) {
            return new Json.Text(match.text());
        } else if (value instanceof AddressPrefix prefix) {
            return new Json.Text(prefix.text());
        } else if (value instanceof Region region) {
            return new Json.Text(region.key());
        } else if (value instanceof Boolean bool) {
            return new Json.Bool(bool);
        } else if (value instanceof Number number) {
            return new Json.Num(number.toString());
        } else if (value instanceof Record record) {
            return write(record);
        }
        // Texts, resource ids and constants.
        return new Json.Text(value.toString());
    }

    private static @Nullable Object value(Record fact, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact without " + component.getName() + ": " + fact.getClass(), e);
        }
    }

    /** Reads the facts of all types below an object. */
    static void read(Node section, Facts facts) {
        FactJson reader = new FactJson(facts.problems());
        Fields fields = new Fields(section, facts.problems());
        for (Class<? extends Record> type : TYPES) {
            for (Node item : fields.objects("facts", type.getSimpleName())) {
                Set<String> said = new HashSet<>();
                Record fact = reader.record(item, type, said);
                if (fact instanceof SecurityAdminRule) {
                    facts.addLoose(fact);
                } else if (fact instanceof AzureFact azure) {
                    facts.add(new Draft(Facts.key(type.getSimpleName(), azure.id()), fact, said));
                }
            }
        }
        fields.reportRest("facts");
    }

    /** The record that an object holds; null, with a problem added, where a component is missing that must be there. */
    private @Nullable Record record(Node item, Class<? extends Record> type, Set<String> said) {
        Fields fields = new Fields(item, problems);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            values[i] = types[i] == Provenance.class
                    ? new Provenance(item.place(), unknown(fields))
                    : value(fields, component.getName(), component.getGenericType());
            if (values[i] == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                problems.add(
                        ProblemCode.MISSING_FIELD,
                        item.place(),
                        "an entry of type " + type.getSimpleName() + " has no " + component.getName(),
                        "Write the file again with netkb convert.");
                return null;
            }
        }
        said.addAll(fields.said());
        said.addAll(unknown(fields).keySet());
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact that cannot be built: " + type, e);
        }
    }

    /** What the entry says of itself, and the marks in place of its values. */
    private static Map<String, String> unknown(Fields fields) {
        Map<String, String> unknown = new TreeMap<>(fields.provenance().unknown());
        Node reasons = fields.at(UNKNOWN, UNKNOWN);
        for (Node member : reasons == null ? List.<Node>of() : reasons.members()) {
            unknown.put(member.key(), String.valueOf(fields.scalar(member)));
        }
        return unknown;
    }

    private @Nullable Object value(Fields fields, String name, Type type) {
        if (type instanceof ParameterizedType list) {
            return list(fields, name, (Class<?>) list.getActualTypeArguments()[0]);
        } else if (type == AddressSet.class) {
            return AddressSet.union(Addresses.prefixes(fields, problems, name, name).stream()
                    .map(AddressPrefix::addresses)
                    .toList());
        } else if (type == PortSet.class) {
            return PortSet.union(fields.values(name, item -> Addresses.ports(item, fields, problems), name));
        } else if (type == ProtocolSet.class) {
            return fields.values(name, item -> protocol(item, fields), name).stream()
                    .reduce(ProtocolSet.EMPTY, ProtocolSet::union);
        } else if (type == Region.class) {
            return fields.region(name, name);
        } else if (type == Boolean.class || type == boolean.class) {
            return fields.bool(name, name);
        } else if (type == Integer.class) {
            return fields.integer(name, name);
        } else if (type == Long.class) {
            return fields.wholeNumber(name, name);
        }
        String text = fields.text(name, name);
        if (text == null || type == String.class) {
            return text;
        }
        return type == ResourceId.class ? ResourceId.of(text) : constant(fields, name, text, (Class<?>) type);
    }

    private List<?> list(Fields fields, String name, Class<?> type) {
        if (type == AddressMatch.class) {
            return fields.entries(name, name).stream()
                    .map(item -> Addresses.match(item, problems))
                    .filter(Objects::nonNull)
                    .toList();
        } else if (type == AddressPrefix.class) {
            return Addresses.prefixes(fields, problems, name, name);
        } else if (type == ResourceId.class) {
            return fields.texts(name, name).stream().map(ResourceId::of).toList();
        } else if (type == String.class) {
            return fields.texts(name, name);
        }
        return fields.objects(name, name).stream()
                .map(item -> record(item, type.asSubclass(Record.class), new HashSet<>()))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable ProtocolSet protocol(Node item, Fields fields) {
        String text = fields.scalar(item);
        ProtocolSet set = text == null ? null : ProtocolSet.tryParse(text).orElse(null);
        if (text != null && set == null) {
            wrong(item, text, "the name of a protocol");
        }
        return set;
    }

    private @Nullable Object constant(Fields fields, String name, String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        Node found = fields.at(name, name);
        wrong(found == null ? fields.node() : found, text, "one of " + List.of(type.getEnumConstants()));
        return null;
    }

    private void wrong(Node item, String text, String wanted) {
        problems.add(
                ProblemCode.WRONG_VALUE,
                item.place(),
                Fields.name(item) + " was " + Problems.quote(text) + " but must be " + wanted,
                "Write the file again with netkb convert.");
    }
}
