/**
 * What an export needs of a validated plan and a cluster file, whatever its format: a RunJobFlow request, roles, security groups and steps.
 *
 * <p>Values that are known only where an export is deployed stand in its texts as {@link org.emrelay.runner.export.Reference}s, which each
 * format replaces by its own syntax. Pure: equal files give an equal export.
 */
@NullMarked
package org.emrelay.runner.export;

import org.jspecify.annotations.NullMarked;
