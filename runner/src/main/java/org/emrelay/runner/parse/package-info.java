@NullMarked
package org.emrelay.runner.parse;

import org.jspecify.annotations.NullMarked;
