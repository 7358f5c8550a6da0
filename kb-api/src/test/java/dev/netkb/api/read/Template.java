package dev.netkb.api.read;

import dev.netkb.api.read.SnapshotSource.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Templates with a network in them. */
final class Template {

    private static final String SCHEMA =
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    private Template() {}

    /** A template for a resource group with these sections. */
    static String of(String sections) {
        return "{\"$schema\": \"" + SCHEMA + "\", \"contentVersion\": \"1.0.0.0\", " + sections + "}";
    }

    static String parameters(String members) {
        return "{\"$schema\": \"" + SCHEMA.replace("Template", "Parameters") + "\", \"parameters\": {" + members + "}}";
    }

    /** A deployment with a scope of its own. */
    static String module(String name, String parameters, String sections) {
        return """
                {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "%s", "properties": {
                  "mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
                  "parameters": {%s}, "template": %s}}""".formatted(name, parameters, of(sections));
    }

    static String group(String name, String rules) {
        return "{\"type\": \"Microsoft.Network/networkSecurityGroups\", \"apiVersion\": \"2023-09-01\", \"name\": \""
                + name + "\", \"location\": \"westeurope\", \"properties\": {\"securityRules\": [" + rules + "]}}";
    }

    /** A rule as an item of a group. */
    static String rule(String name, String priority) {
        return "{\"name\": \"" + name + "\", " + ruleProperties(priority) + "}";
    }

    /** A rule that allows or denies inbound traffic to a port. */
    static String ruleProperties(String priority) {
        return """
                "properties": {"priority": %s, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
                  "sourceAddressPrefix": "*", "sourcePortRange": "*",
                  "destinationAddressPrefix": "*", "destinationPortRange": "443"}""".formatted(priority);
    }

    /** A rule as a resource. */
    static String ruleResource(String name, String priority, String more) {
        return "{\"type\": \"Microsoft.Network/networkSecurityGroups/securityRules\", \"apiVersion\": \"2023-09-01\", \"name\": \""
                + name + "\", " + more + (more.isEmpty() ? "" : ", ") + ruleProperties(priority) + "}";
    }

    /** Files by turns of name and text. */
    static ReadResult read(String... files) {
        return read(TemplateInputs.NONE, files);
    }

    static ReadResult read(TemplateInputs inputs, String... files) {
        List<SourceFile> all = new ArrayList<>();
        for (int i = 0; i < files.length; i += 2) {
            all.add(new SourceFile(files[i], files[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return SnapshotReader.create(inputs).read(new SnapshotSource("templates", all));
    }

    /** A template for a resource group with these sections, alone. */
    static ReadResult readOnly(String sections) {
        return read("main.json", of(sections));
    }
}
