/** Exports to Terraform, with a writer of HCL whose output {@code terraform fmt} leaves as it is. */
@NullMarked
package org.emrelay.runner.export.terraform;

import org.jspecify.annotations.NullMarked;
