/** All output: reports as text and JSON, and live progress. A new kind of result is a {@code Report} here. */
@NullMarked
package org.emrelay.runner.report;

import org.jspecify.annotations.NullMarked;
