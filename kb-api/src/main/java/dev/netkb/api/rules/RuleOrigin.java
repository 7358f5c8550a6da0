package dev.netkb.api.rules;

/**
 * Why a requirement is as it is: what a folder of rules says of it.
 *
 * @param pack the name of the folder's pack
 * @param what such as {@code a row}, {@code a rule} or {@code an override: severity warning}
 * @param place where it stands
 */
public record RuleOrigin(String pack, String what, String place) {

    /** Such as {@code a row of contoso, requirements.csv line 3}. */
    public String text() {
        return what + " of " + pack + ", " + place;
    }
}
