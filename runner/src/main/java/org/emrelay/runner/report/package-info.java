@NullMarked
package org.emrelay.runner.report;

import org.jspecify.annotations.NullMarked;
