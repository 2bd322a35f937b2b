/** A YARN cluster of one machine. */
@NullMarked
package org.emrelay.yarncluster;

import org.jspecify.annotations.NullMarked;
