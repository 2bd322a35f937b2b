package org.emrelay.runner.report;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lines at the end of the output that are redrawn in place, below the permanent ones. */
final class LiveLines {
    /** Limits the width, so that few lines wrap when the terminal becomes narrower. */
    private static final int MAX_COLUMNS = 100;

    private static final String CLEAR_TO_END_OF_SCREEN = "\033[J";
    private static final String CLEAR_TO_END_OF_LINE = "\033[K";

    private final TerminalStream out;
    private final @Nullable Supplier<TerminalSize> terminal;
    private List<String> drawn = List.of();

    /** @param terminal returns its current size; null if lines cannot be redrawn */
    LiveLines(TerminalStream out, @Nullable Supplier<TerminalSize> terminal) {
        this.out = Objects.requireNonNull(out, "out");
        this.terminal = terminal;
    }

    boolean isLive() {
        return terminal != null;
    }

    /** Prints a permanent line above the live lines. */
    void print(String line, TextStyle style) {
        clear();
        out.println(style, line);
    }

    /** Returns the maximum number of live lines: one more would scroll the terminal. */
    int mostLines() {
        return size().rows() - 1;
    }

    private TerminalSize size() {
        return Objects.requireNonNull(terminal, "not live").get();
    }

    void redraw(List<String> lines) {
        int columns = Math.min(MAX_COLUMNS, size().columns() - 1);
        List<String> fitting = lines.stream()
                .map(line -> TerminalText.cut(TerminalText.line(line), columns))
                .toList();
        if (fitting.equals(drawn)) {
            return;
        }
        StringBuilder text = new StringBuilder(toStart());
        for (int i = 0; i < fitting.size(); i++) {
            text.append(i == 0 ? "" : "\n").append(fitting.get(i)).append(CLEAR_TO_END_OF_LINE);
        }
        out.control(text.append(CLEAR_TO_END_OF_SCREEN).toString());
        drawn = fitting;
    }

    void clear() {
        if (!drawn.isEmpty()) {
            out.control(toStart() + CLEAR_TO_END_OF_SCREEN);
            drawn = List.of();
        }
    }

    /** Moves the cursor to the first drawn line. Some lines have wrapped if the terminal became narrower. */
    private String toStart() {
        if (drawn.isEmpty()) {
            return "";
        }
        int columns = size().columns();
        int rows = drawn.stream()
                .mapToInt(line -> Math.max(1, (TerminalText.width(line) + columns - 1) / columns))
                .sum();
        return "\r" + (rows > 1 ? "\033[" + (rows - 1) + "A" : "");
    }
}
