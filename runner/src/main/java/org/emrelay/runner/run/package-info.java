@NullMarked
package org.emrelay.runner.run;

import org.jspecify.annotations.NullMarked;
