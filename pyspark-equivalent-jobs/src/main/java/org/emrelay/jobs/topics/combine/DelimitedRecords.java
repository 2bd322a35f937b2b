package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the lines of a CSV or TSV file into records. Quoted cells may contain line breaks.
 *
 * <p>An opening quote is treated as text if no closing quote follows soon, or if the record would have a different number of cells.
 * So a stray quote corrupts at most its own record.
 */
final class DelimitedRecords {
    private static final int MAX_LINES = 500;
    private static final int MAX_LENGTH = 256 * 1024;

    private final LineReader lines;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final char delimiter;
    private int width;
    private String text = "";

    /**
     * Creates a reader whose first line was already read, to detect the format.
     *
     * @param lines the lines from the second one on
     */
    DelimitedRecords(LineReader lines, String first, char delimiter) {
        this.lines = lines;
        waiting.add(first);
        this.delimiter = delimiter;
    }

    /** Returns the text of the last record read. */
    String text() {
        return text;
    }

    /** Returns the cells of the next non-blank record; null at the end of the file. */
    @Nullable
    List<String> next() throws IOException {
        String line = line();
        while (line != null && line.isBlank()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        text = line;
        List<String> cells = quoted(line);
        if (cells == null && line.indexOf('"') >= 0) {
            cells = ofSeveralLines(line);
        }
        if (cells == null) {
            cells = unquoted(line);
        } else if (width > 0 && cells.size() != width && unquoted(line).size() == width) {
            // The file does not use quoting, and a text begins with a quote.
            cells = unquoted(line);
        }
        if (width == 0) {
            width = cells.size();
        }
        return cells;
    }

    private @Nullable String line() throws IOException {
        String held = waiting.pollFirst();
        return held == null ? lines.next() : held;
    }

    /** Returns the cells of a record that begins in this line and ends in a later one, or null. */
    private @Nullable List<String> ofSeveralLines(String first) throws IOException {
        List<String> added = new ArrayList<>();
        StringBuilder joined = new StringBuilder(first);
        int fullWidth = width == 0 ? unquoted(first).size() : width;
        while (added.size() < MAX_LINES && joined.length() < MAX_LENGTH) {
            String line = line();
            if (line == null) {
                break;
            }
            added.add(line);
            if (delimiter == '\t' && unquoted(line).size() == fullWidth) {
                // TSV texts contain no tabs, so this line is the next record.
                break;
            }
            joined.append('\n').append(line);
            // Only a line that contains a quote can end a quoted cell.
            List<String> cells = line.indexOf('"') < 0 ? null : quoted(joined);
            if (cells != null && (width == 0 || cells.size() == width)) {
                text = joined.toString();
                return cells;
            } else if (cells != null) {
                break;
            }
        }
        for (int index = added.size() - 1; index >= 0; index--) {
            waiting.addFirst(added.get(index));
        }
        return null;
    }

    private List<String> unquoted(String line) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int end = line.indexOf(delimiter); end >= 0; end = line.indexOf(delimiter, start)) {
            cells.add(line.substring(start, end));
            start = end + 1;
        }
        cells.add(line.substring(start));
        return cells;
    }

    /** Returns the cells; null if a quoted cell has no closing quote. */
    private @Nullable List<String> quoted(CharSequence record) {
        List<String> cells = new ArrayList<>();
        int position = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            int end = position < record.length() && record.charAt(position) == '"'
                    ? quotedCell(record, position + 1, cell)
                    : plainCell(record, position, cell);
            if (end < 0) {
                return null;
            }
            cells.add(cell.toString());
            if (end == record.length()) {
                return cells;
            }
            position = end + 1;
        }
    }

    private int plainCell(CharSequence record, int start, StringBuilder cell) {
        int end = start;
        while (end < record.length() && record.charAt(end) != delimiter) {
            end++;
        }
        cell.append(record, start, end);
        return end;
    }

    /**
     * Returns the position of the delimiter after the cell; -1 without a closing quote. A lone quote inside the cell is part of its text
     * in CSV; in TSV it means that the file does not use quoting.
     */
    private int quotedCell(CharSequence record, int start, StringBuilder cell) {
        int position = start;
        while (position < record.length()) {
            char character = record.charAt(position);
            int next = position + 1;
            if (character == '"') {
                if (next == record.length() || record.charAt(next) == delimiter) {
                    return next;
                } else if (record.charAt(next) == '"') {
                    next++;
                } else if (delimiter == '\t') {
                    return -1;
                }
            }
            cell.append(character);
            position = next;
        }
        return -1;
    }
}
