/** Finds what cost a step time or resources, and the one setting that would help. Pure. */
@NullMarked
package org.emrelay.runner.finding;

import org.jspecify.annotations.NullMarked;
