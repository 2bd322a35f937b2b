package org.emrelay.runner.report;

/** The size of a terminal in characters. */
public record TerminalSize(int columns, int rows) {
    private static final int DEFAULT_COLUMNS = 100;
    private static final int DEFAULT_ROWS = 24;
    private static final int MIN_COLUMNS = 20;
    private static final int MIN_ROWS = 3;

    /** A size of 0 means unknown. */
    public TerminalSize {
        columns = columns < 1 ? DEFAULT_COLUMNS : Math.max(MIN_COLUMNS, columns);
        rows = rows < 1 ? DEFAULT_ROWS : Math.max(MIN_ROWS, rows);
    }
}
