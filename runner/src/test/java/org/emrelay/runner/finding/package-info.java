@NullMarked
package org.emrelay.runner.finding;

import org.jspecify.annotations.NullMarked;
