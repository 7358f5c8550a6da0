/**
 * From exported Azure resources to facts. To teach the readers a resource type, write a {@link
 * dev.netkb.api.read.azure.Mapper} and list it in {@link dev.netkb.api.read.azure.Mappers}; fields that Azure documents
 * and no rule needs stand in {@code ignored-fields.properties}. Internal: nothing here is part of the library's
 * interface.
 */
@NullMarked
package dev.netkb.api.read.azure;

import org.jspecify.annotations.NullMarked;
