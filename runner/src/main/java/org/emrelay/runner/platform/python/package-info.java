/** What Python steps need: their modules, interpreters, virtual environments and archives of packages. */
@NullMarked
package org.emrelay.runner.platform.python;

import org.jspecify.annotations.NullMarked;
