@NullMarked
package org.emrelay.runner.spec;

import org.jspecify.annotations.NullMarked;
