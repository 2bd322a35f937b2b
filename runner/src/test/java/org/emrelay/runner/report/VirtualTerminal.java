package org.emrelay.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The screen and the scrollback of a terminal, as far as Emrelay uses one.
 *
 * <p>Like most terminals, it wraps long lines, and rewraps them when its width changes.
 */
public final class VirtualTerminal {
    private static final Pattern SEQUENCE = Pattern.compile("\033\\[(\\d*)([A-Za-z])");

    /** A row of the screen; {@code wraps} if the line continues in the next row. */
    private static final class Row {
        private final StringBuilder text = new StringBuilder();
        private boolean wraps;
    }

    private final List<Row> rows = new ArrayList<>();
    private int columns;
    private int height;
    private int row;
    private int column;
    private String incomplete = "";

    public VirtualTerminal(int columns, int height) {
        this.columns = columns;
        this.height = height;
        rows.add(new Row());
    }

    /** The first row on the screen; those above have scrolled away. */
    private int top() {
        return Math.max(0, rows.size() - height);
    }

    /** All lines ever printed that were not erased, without trailing blanks and blank lines at the end. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Row each : rows) {
            line.append(each.text);
            if (!each.wraps) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** Whether the cursor is on the screen's last row, and the last row was scrolled to. */
    public int scrolledRows() {
        return top();
    }

    public void resize(int newColumns, int newHeight) {
        List<String> lines = new ArrayList<>();
        List<Boolean> ends = new ArrayList<>();
        for (Row each : rows) {
            lines.add(each.text.toString());
            ends.add(!each.wraps);
        }
        rows.clear();
        rows.add(new Row());
        row = 0;
        column = 0;
        columns = newColumns;
        height = Integer.MAX_VALUE;
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).chars().forEach(character -> put((char) character));
            if (ends.get(i) && i < lines.size() - 1) {
                column = 0;
                lineFeed();
            }
        }
        height = newHeight;
    }

    public void print(String output) {
        String text = incomplete + output;
        incomplete = "";
        Matcher sequence = SEQUENCE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character != '\033') {
                control(character);
                at++;
            } else if (sequence.region(at, text.length()).lookingAt()) {
                execute(sequence.group(1).isEmpty() ? 1 : Integer.parseInt(sequence.group(1)), sequence.group(2));
                at = sequence.end();
            } else {
                incomplete = text.substring(at);
                return;
            }
        }
    }

    private void control(char character) {
        if (character == '\r') {
            column = 0;
        } else if (character == '\n') {
            column = 0;
            lineFeed();
        } else {
            put(character);
        }
    }

    private void lineFeed() {
        row++;
        if (row == rows.size()) {
            rows.add(new Row());
        }
    }

    private void put(char character) {
        if (column == columns) {
            rows.get(row).wraps = true;
            column = 0;
            lineFeed();
        }
        StringBuilder text = rows.get(row).text;
        while (text.length() <= column) {
            text.append(' ');
        }
        text.setCharAt(column, character);
        column++;
    }

    private void execute(int number, String command) {
        switch (command) {
            case "A" -> row = Math.max(top(), row - number);
            case "K" -> eraseLine();
            case "J" -> {
                eraseLine();
                while (rows.size() > row + 1) {
                    rows.remove(rows.size() - 1);
                }
            }
            case "m" -> {
                // Colours do not move the cursor.
            }
            default -> throw new AssertionError("unexpected sequence " + number + command);
        }
    }

    private void eraseLine() {
        Row current = rows.get(row);
        current.text.setLength(Math.min(current.text.length(), column));
        current.wraps = false;
    }
}
