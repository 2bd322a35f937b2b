/** Finds and deletes resources left by clusters that no longer exist. */
@NullMarked
package org.emrelay.runner.platform.emr.orphan;

import org.jspecify.annotations.NullMarked;
