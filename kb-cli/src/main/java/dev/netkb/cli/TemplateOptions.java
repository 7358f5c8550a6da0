package dev.netkb.cli;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.TemplateInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What people know about the deployment of templates that the templates do not say. */
final class TemplateOptions {

    /** The option that takes a file or a value. */
    static final String PARAMETERS = "--parameters";

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)=(.*)", Pattern.DOTALL);

    /** What stands between two slashes of an id. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.()-]+");

    private static final String BICEP_PARAMETERS = ".bicepparam";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = PARAMETERS,
            paramLabel = "FILE|NAME=VALUE",
            description = "Parameters of ARM templates: a parameters file, or one value. They count more than the"
                    + " parameters file beside a template. Repeatable.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--subscription",
            paramLabel = "ID",
            description = "The subscription that ARM templates are deployed to. With --resource-group planned resources"
                    + " have their real ids, and are those of an export beside the templates.")
    private @Nullable String subscription;

    @Option(
            names = "--resource-group",
            paramLabel = "NAME",
            description = "The resource group that ARM templates are deployed to.")
    private @Nullable String resourceGroup;

    @Option(
            names = "--resource-group-location",
            paramLabel = "REGION",
            description = "Where the resource group of ARM templates is: what resourceGroup().location and"
                    + " deployment().location give.")
    private @Nullable String location;

    /** The surroundings with a reader that knows of these options. */
    Surroundings in(Surroundings surroundings) {
        check("--subscription", subscription);
        check("--resource-group", resourceGroup);
        if (parameters.isEmpty() && subscription == null && resourceGroup == null && location == null) {
            return surroundings;
        }
        return surroundings.withReader(
                SnapshotReader.create(new TemplateInputs(files(), subscription, resourceGroup, location)));
    }

    private List<SourceFile> files() {
        return parameters.stream().map(this::source).toList();
    }

    /** Text that is the same where the options and the files that they name are the same. */
    String inWords() {
        StringBuilder text = new StringBuilder();
        text.append(subscription).append('/').append(resourceGroup).append('/').append(location);
        files().forEach(file ->
                text.append('\n').append(file.name()).append(' ').append(RunMark.sha256(file.content())));
        return text.toString();
    }

    private void check(String option, @Nullable String name) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw new ParameterException(
                    mixee.commandLine(),
                    option + ": '" + name + "' is no name: give it as Azure shows it, without the rest of its id");
        }
    }

    /** The file that a value of {@link #PARAMETERS} names, where there is one. */
    static Optional<Path> file(String given) {
        try {
            return Optional.of(path(given)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path path(String given) {
        return Path.of(given.startsWith("@") ? given.substring(1) : given);
    }

    private SourceFile source(String given) {
        Matcher assignment = ASSIGNMENT.matcher(given);
        try {
            Path path = path(given);
            if (!Files.exists(path) && assignment.matches()) {
                String json = "{\"" + assignment.group(1) + "\": {\"value\": " + quoted(assignment.group(2)) + "}}";
                return new SourceFile("--parameters " + assignment.group(1), json.getBytes(StandardCharsets.UTF_8));
            }
            refuseBicep(path);
            return new SourceFile(path.toString().replace('\\', '/'), Files.readAllBytes(path));
        } catch (IOException | InvalidPathException e) {
            throw new ParameterException(
                    mixee.commandLine(),
                    "--parameters: '" + given + "' is neither a file that can be read nor NAME=VALUE",
                    e);
        }
    }

    private void refuseBicep(Path path) {
        String name = path.toString();
        if (name.endsWith(BICEP_PARAMETERS)) {
            String json = name.substring(0, name.length() - BICEP_PARAMETERS.length()) + ".parameters.json";
            throw new ParameterException(
                    mixee.commandLine(),
                    "--parameters: '" + name
                            + "' holds parameters of Bicep, not JSON. Compile it and give what comes of it:"
                            + " bicep build-params " + name + " --outfile " + json);
        }
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
