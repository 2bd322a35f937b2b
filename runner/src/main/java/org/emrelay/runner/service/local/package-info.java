/** The local platform: clusters are names, steps are processes of this machine. */
@NullMarked
package org.emrelay.runner.service.local;

import org.jspecify.annotations.NullMarked;
