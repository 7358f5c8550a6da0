package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NetworkStatus.ConnectivityStatus;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a location saw of one of its dependencies.
 *
 * @param asOf the point in time at which the snapshot is looked at; null where no time is known at all
 * @param refresh how old it may be, besides the {@link #TOLERANCE}
 */
public record DependencyStatus(
        Location location, ConnectivityStatus row, @Nullable Instant asOf, Duration refresh) implements AzureFact {

    /** How often Azure looks at the dependencies (requirements S32). */
    public static final Duration REFRESH = Duration.ofMinutes(15);

    /** What may lie between looking and answering. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** That may be as old as Azure lets it become. */
    public DependencyStatus(Location location, ConnectivityStatus row, @Nullable Instant asOf) {
        this(location, row, asOf, REFRESH);
    }

    /** The id of the service. */
    @Override
    public ResourceId id() {
        return location.serviceId();
    }

    @Override
    public Provenance provenance() {
        return row.provenance();
    }

    @Override
    public String factType() {
        return NetworkStatus.class.getSimpleName();
    }

    /** Its kind in lower case, empty where the status does not say it. */
    public String type() {
        String type = row.resourceType();
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    public boolean isFailing() {
        return row.status().equals("failure");
    }

    /** Whether the status says neither success nor failure. */
    public boolean isOpen() {
        return !isFailing() && !row.status().equals("success");
    }

    /** Whether the instance cannot do its work without it; false too where the status does not say it. */
    public boolean isNeeded() {
        return Boolean.FALSE.equals(row.optional());
    }

    /** Whether only a feature needs it; false too where the status does not say it. */
    public boolean isOptional() {
        return Boolean.TRUE.equals(row.optional());
    }

    public boolean isOfUnknownNeed() {
        return row.optional() == null;
    }

    /** Whether it was last looked at so long ago that Azure should have looked again since. */
    public boolean isStale() {
        Instant lastUpdated = row.lastUpdated();
        return lastUpdated != null
                && asOf != null
                && Duration.between(lastUpdated, asOf).compareTo(refresh.plus(TOLERANCE)) > 0;
    }

    public boolean isOfUnknownAge() {
        return row.lastUpdated() == null;
    }

    /** Whether what it says is known to be of the time of the snapshot. */
    public boolean isFresh() {
        return !isStale() && !isOfUnknownAge();
    }

    /** Whether its error speaks of a name that could not be resolved. */
    public boolean isAboutItsName() {
        String error = Objects.toString(row.error(), "").toLowerCase(Locale.ROOT);
        return error.contains("resol")
                || error.contains("dns")
                || error.contains("no such host")
                || error.contains("host is known")
                || error.contains("host not found");
    }

    /** Such as {@code AzureKeyVault contoso.vault.azure.net}. */
    public String text() {
        String type = row.resourceType();
        return (type == null || type.isBlank() ? "" : type + " ") + row.name();
    }

    /** What is missing where the status says neither success nor failure. */
    public String openText() {
        return text() + " is " + row.status()
                + ": whether it is reached is not known yet; ask for the network status again";
    }

    /** When it was last looked at, as a sentence names it. */
    public String lastUpdatedText() {
        return row.lastUpdated() == null
                ? "at an unknown time"
                : "at " + row.lastUpdated().truncatedTo(ChronoUnit.SECONDS);
    }
}
