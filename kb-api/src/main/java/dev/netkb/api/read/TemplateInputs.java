package dev.netkb.api.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment besides its templates and the parameters files beside them.
 *
 * @param parameters parameters files, or JSON objects of the form {@code {"name": {"value": …}}}, for the templates of
 *     every snapshot; they count more than files beside the templates, and later ones most
 * @param subscription the id of the subscription that templates are deployed to; null where it is not known
 * @param resourceGroup the name of the resource group that templates are deployed to; null where it is not known. With
 *     both the planned resources have their real ids, so that they are those of an export beside them
 * @param location the region of the resource group (or, for templates of other scopes, of the deployment), such as
 *     {@code westeurope}; null where it is not known
 */
public record TemplateInputs(
        List<SnapshotSource.SourceFile> parameters,
        @Nullable String subscription,
        @Nullable String resourceGroup,
        @Nullable String location)
        implements Serializable {

    public static final TemplateInputs NONE = new TemplateInputs(List.of(), null);

    public TemplateInputs {
        parameters = List.copyOf(parameters);
    }

    /** Of a deployment of which nobody knows the subscription and the resource group. */
    public TemplateInputs(List<SnapshotSource.SourceFile> parameters, @Nullable String location) {
        this(parameters, null, null, location);
    }
}
