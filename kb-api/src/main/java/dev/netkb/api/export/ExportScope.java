package dev.netkb.api.export;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to export, and where to. Values that no id or name in Azure can have are refused, so that none can be anything
 * else than a value in a script.
 *
 * @param subscriptions ids; where neither these nor management groups are named, all that the login sees
 * @param managementGroups ids of groups whose subscriptions are exported
 * @param resourceGroup the only resource group to export from, null for all
 * @param service the name or id of the only instance to export, with its network; null for all
 * @param folder where the script writes to
 * @param each whether every subscription becomes a snapshot of its own, in a folder below {@code folder}
 */
public record ExportScope(
        List<String> subscriptions,
        List<String> managementGroups,
        @Nullable String resourceGroup,
        @Nullable String service,
        String folder,
        boolean each) {

    /** All that the login sees, as one snapshot. */
    public static final ExportScope ALL = new ExportScope(List.of(), List.of(), null, null, "export", false);

    private static final String GUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    private static final String GROUP = "[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]";
    private static final String SERVICE_NAME = "[A-Za-z]([A-Za-z0-9-]{0,48}[A-Za-z0-9])?";

    private static final Pattern SUBSCRIPTION = Pattern.compile(GUID);
    private static final Pattern MANAGEMENT_GROUP = Pattern.compile("[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]");
    private static final Pattern RESOURCE_GROUP = Pattern.compile(GROUP);
    private static final Pattern SERVICE = Pattern.compile(SERVICE_NAME + "|(?i)/subscriptions/" + GUID
            + "/resourceGroups/" + GROUP + "/providers/Microsoft\\.ApiManagement/service/" + SERVICE_NAME);

    /** @throws IllegalArgumentException when a value is not possible; the message says which, and what it may be */
    public ExportScope {
        subscriptions = List.copyOf(subscriptions);
        managementGroups = List.copyOf(managementGroups);
        subscriptions.forEach(id -> check(
                "subscription",
                id,
                SUBSCRIPTION,
                "the id of a subscription, such as 11111111-2222-3333-4444-555555555555"));
        managementGroups.forEach(id -> check(
                "management group",
                id,
                MANAGEMENT_GROUP,
                "the id of a management group (az account management-group list)"));
        if (resourceGroup != null) {
            check(
                    "resource group",
                    resourceGroup,
                    RESOURCE_GROUP,
                    "the name of a resource group, without its subscription");
        }
        if (service != null) {
            check("service", service, SERVICE, "the name of an API Management instance, or its id: /subscriptions/…");
        }
        if (folder.isBlank() || folder.codePoints().anyMatch(ExportScope::isNoText)) {
            throw new IllegalArgumentException("the folder is " + quote(folder) + " but must be the name of a folder,"
                    + " without control characters");
        }
        if (each && service != null) {
            throw new IllegalArgumentException("one instance and its network are one snapshot:"
                    + " a snapshot for each subscription cannot be asked for at the same time");
        }
    }

    private static void check(String what, String value, Pattern possible, String mustBe) {
        if (!possible.matcher(value).matches()) {
            throw new IllegalArgumentException("the " + what + " is " + quote(value) + " but must be " + mustBe);
        }
    }

    /** Line ends of Unicode, what has no place of its own, and what makes text look other than it is. */
    private static boolean isNoText(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String quote(String value) {
        StringBuilder printable = new StringBuilder("'");
        value.codePoints()
                .limit(120)
                .forEach(c -> printable.append(isNoText(c) ? String.format("\\u%04x", c) : Character.toString(c)));
        return printable.append("'").toString();
    }
}
