/** Files and directory trees of this machine. */
@NullMarked
package org.emrelay.runner.platform.file;

import org.jspecify.annotations.NullMarked;
