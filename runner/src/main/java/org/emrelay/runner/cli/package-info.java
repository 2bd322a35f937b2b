@NullMarked
package org.emrelay.runner.cli;

import org.jspecify.annotations.NullMarked;
