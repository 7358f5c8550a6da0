package dev.netkb.api.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment besides its templates and the parameters files beside them.
 *
 * @param parameters parameters files, or JSON objects of the form {@code {"name": {"value": …}}}, for the templates of
 *     every snapshot; they count more than files beside the templates, and later ones most
 * @param location the region of the resource group (or, for templates of other scopes, of the deployment), such as
 *     {@code westeurope}; null where it is not known
 */
public record TemplateInputs(
        List<SnapshotSource.SourceFile> parameters,
        @Nullable String location) {

    public static final TemplateInputs NONE = new TemplateInputs(List.of(), null);

    public TemplateInputs {
        parameters = List.copyOf(parameters);
    }
}
