@NullMarked
package org.emrelay.runner.platform;

import org.jspecify.annotations.NullMarked;
