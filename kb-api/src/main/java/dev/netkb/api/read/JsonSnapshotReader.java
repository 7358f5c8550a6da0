package dev.netkb.api.read;

import dev.netkb.api.read.azure.Facts;
import dev.netkb.api.read.json.Encodings;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.Locator;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.json.ValueCount;
import dev.netkb.api.read.template.Target;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON files. */
final class JsonSnapshotReader implements SnapshotReader {

    private final TemplateInputs inputs;

    JsonSnapshotReader(TemplateInputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public ReadResult read(SnapshotSource source) {
        Problems problems = new Problems();
        Map<String, Locator.Text> texts = new LinkedHashMap<>();
        List<Node> roots = new ArrayList<>();
        ValueCount values = new ValueCount(Limits.VALUES);
        source.files().stream()
                .sorted(Comparator.comparing(SnapshotSource.SourceFile::name))
                .forEach(file -> {
                    Locator.Text text = new Locator.Text(Encodings.toUtf8(file.content()), file.firstLine());
                    texts.put(file.name(), text);
                    JsonFile.parse(file.name(), text, values, problems).ifPresent(roots::add);
                });
        List<Node> parameters = new ArrayList<>();
        for (SnapshotSource.SourceFile file : inputs.parameters()) {
            Locator.Text text = new Locator.Text(Encodings.toUtf8(file.content()), file.firstLine());
            texts.putIfAbsent(file.name(), text);
            JsonFile.parse(file.name(), text, values, problems).ifPresent(parameters::add);
        }
        Locator locator = new Locator(texts);
        Snapshot snapshot = null;
        if (!problems.hasErrors()) {
            Facts facts = new Facts(problems);
            Documents documents = new Documents(
                    facts, Target.of(inputs.subscription(), inputs.resourceGroup(), inputs.location()), problems);
            roots.forEach(documents::read);
            documents.finish(parameters);
            snapshot = facts.build();
            if (facts.isEmpty()) {
                problems.add(
                        ProblemCode.NOTHING_READ,
                        new Place(roots.isEmpty() ? "" : roots.get(0).file(), ""),
                        documents.hasResults()
                                ? source.name() + " holds no export, only what netkb itself wrote"
                                : "nothing in " + source.name() + " was understood",
                        documents.hasResults()
                                ? "Take it out, and write reports outside of the folders that are read; netkb report and"
                                        + " netkb summary read them."
                                : "Export the API Management service, its virtual network, network security group and route"
                                        + " table.");
            }
        }
        List<Problem> found = problems.toList();
        List<Place> places = locator.locate(found.stream().map(Problem::at).toList());
        List<Problem> located = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            located.add(found.get(i).movedTo(places.get(i)));
        }
        located.addAll(source.notices());
        return new ReadResult(source.name(), problems.hasErrors() ? null : snapshot, located, locator, source);
    }
}
