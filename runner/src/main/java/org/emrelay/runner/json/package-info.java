@NullMarked
package org.emrelay.runner.json;

import org.jspecify.annotations.NullMarked;
