package org.emrelay.runner.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last lines of a log, without blank ones: what a program printed before it failed. */
public final class LastLines implements LineListener {
    private static final int MAX_LINES = 10;
    private static final int MAX_INDENTATION = 16;

    private final Deque<String> kept = new ArrayDeque<>();
    private long count;
    private long lastNumber;

    @Override
    public void accept(String line) {
        count++;
        if (!line.isBlank()) {
            kept.add(line);
            lastNumber = count;
            if (kept.size() > MAX_LINES) {
                kept.remove();
            }
        }
    }

    @Override
    public void skip(long lines) {
        count += lines;
        kept.clear();
    }

    /** Fit for display; empty if all lines are blank. */
    public List<String> lines() {
        return kept.stream().map(LastLines::indented).toList();
    }

    private static String indented(String line) {
        String text = LineText.clean(line);
        int indentation = text.length() - text.stripLeading().length();
        return " ".repeat(Math.min(MAX_INDENTATION, indentation)) + LineText.forDisplay(text);
    }

    /** The last line as it is; empty if there is none. */
    public String last() {
        return kept.isEmpty() ? "" : kept.getLast();
    }

    /** The number of the last line, counted from 1. */
    public int lastNumber() {
        return (int) Math.min(lastNumber, Integer.MAX_VALUE);
    }
}
