package dev.netkb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of rules for tests: two rows and a rule, with examples of one row and of the rule. */
final class RuleFolders {

    private RuleFolders() {}

    static Path write(Path folder) throws IOException {
        file(folder, "pack.yaml", "name: contoso\nversion: \"1\"\noverrides:\n  C-NET-05: {severity: warning}\n");
        file(folder, "requirements.csv", """
                id,title,direction,protocol,ports,remote,severity
                OPS-PARTNER,The partner is reachable on 8443,Out,Tcp,8443,203.0.113.0/24,error
                OPS-BACKUP,Backups reach the storage,Out,Tcp,"443,8080",Storage,warning
                """);
        file(folder, "rules.drl", """
                package custom;

                rule "OPS-UNITS Instances have two units or more"
                    @id("OPS-UNITS")
                    @severity("warning")
                    @description("One unit has no second machine.")
                    @requires("Location")
                when
                    $a : Applicable( rule == "OPS-UNITS", $loc : location )
                    $s : Location( key == $loc.key, units != null, units < 2 )
                then
                    insert( Finding.violated( $a, "the instance has one unit" ) );
                end
                """);
        file(folder, "examples/OPS-PARTNER.yaml", """
                rule: OPS-PARTNER
                base: external
                cases:
                  - it: passes where nothing forbids it
                    then: passed
                  - it: is violated where everything to the partner is denied
                    with: {nsg: {securityRules: {DenyPartner: 3000 Deny Out * to 203.0.113.0/24}}}
                    then: {outcome: violated, severity: error}
                """);
        file(folder, "examples/OPS-UNITS.yaml", """
                rule: OPS-UNITS
                base: external
                cases:
                  - it: is violated by one unit
                    with: {apim: {sku: {capacity: 1}}}
                    then: {outcome: violated, severity: warning}
                  - it: passes with two units
                    with: {apim: {sku: {capacity: 2}}}
                    then: passed
                """);
        return folder;
    }

    static Path file(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static void edit(Path folder, String name, String from, String to) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(name + " does not contain " + from);
        }
        Files.writeString(file, text.replace(from, to));
    }
}
