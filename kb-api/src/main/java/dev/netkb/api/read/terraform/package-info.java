/**
 * Reads plans and states of Terraform and OpenTofu: each resource becomes one in the shape of ARM, so that nothing beyond
 * this package knows Terraform. What has no value before the plan is applied is unknown, never guessed. Internal:
 * nothing here is part of the library's interface.
 */
@NullMarked
package dev.netkb.api.read.terraform;

import org.jspecify.annotations.NullMarked;
