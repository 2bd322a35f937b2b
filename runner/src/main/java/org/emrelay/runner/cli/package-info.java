/** The command line: picocli actions and options. They parse, call {@code service} and choose an output format, nothing else. */
@NullMarked
package org.emrelay.runner.cli;

import org.jspecify.annotations.NullMarked;
