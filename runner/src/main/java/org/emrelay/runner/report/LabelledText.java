package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.Locale;

/** Prints a report's indented lines, each with a label. */
record LabelledText(PrintStream out) {
    void line(String label, String text) {
        out.printf(Locale.ROOT, "  %-8s %s%n", label, TerminalText.line(text));
    }
}
