package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Point;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a picture that are still free, a bit each: whether a word fits somewhere is a few operations on longs,
 * where Kumo's own raster asks pixel by pixel, which in a nearly full picture takes seconds a word.
 */
final class FreeCells {
    private static final int CELLS_ACROSS = 600;
    private static final int STEPS_A_LETTER = 5;

    private final int cell;
    private final int columns;
    private final int rows;
    private final int stride;
    private final long[] taken;

    private FreeCells(int cell, int columns, int rows) {
        this.cell = cell;
        this.columns = columns;
        this.rows = rows;
        this.stride = (columns + 63) >>> 6;
        // One more, for what is shifted beyond the last column.
        this.taken = new long[stride * rows + 1];
    }

    /** Free is where the whole cell belongs to the shape. */
    static FreeCells in(Mask mask) {
        int cell = Math.max(1, Math.max(mask.width(), mask.height()) / CELLS_ACROSS);
        FreeCells room = new FreeCells(cell, mask.width() / cell, mask.height() / cell);
        for (int row = 0; row < room.rows; row++) {
            for (int column = 0; column < room.columns; column++) {
                if (!isOpen(mask, cell, column, row)) {
                    room.taken[row * room.stride + (column >> 6)] |= 1L << column;
                }
            }
        }
        return room;
    }

    int cell() {
        return cell;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** The free cell that is furthest from all that is taken, and from the picture's edge. */
    Point emptiest() {
        int[][] distance = new int[rows + 2][columns + 2];
        Point emptiest = new Point(columns / 2, rows / 2);
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                int before = Math.min(distance[row - 1][column], distance[row][column - 1]);
                distance[row][column] = isFree(column - 1, row - 1) ? before + 1 : 0;
            }
        }
        int most = 0;
        for (int row = rows; row > 0; row--) {
            for (int column = columns; column > 0; column--) {
                int after = Math.min(distance[row + 1][column], distance[row][column + 1]);
                distance[row][column] = Math.min(distance[row][column], after + 1);
                if (distance[row][column] > most) {
                    most = distance[row][column];
                    emptiest = new Point(column - 1, row - 1);
                }
            }
        }
        return emptiest;
    }

    boolean isFree(int column, int row) {
        return (taken[row * stride + (column >> 6)] >>> column & 1) == 0;
    }

    /** The free place nearest to a cell, going round it in growing squares, where the word's upper left corner may be; it is then taken. */
    Optional<Point> take(Footprint word, Point middle) {
        Optional<Point> place = nearest(word, middle);
        place.ifPresent(corner -> put(word, corner.x, corner.y));
        return place;
    }

    private Optional<Point> nearest(Footprint word, Point middle) {
        int lastColumn = columns - word.columns();
        int lastRow = rows - word.rows();
        if (lastColumn < 0 || lastRow < 0) {
            return Optional.empty();
        }
        int left = Math.min(lastColumn, Math.max(0, middle.x - word.columns() / 2));
        int top = Math.min(lastRow, Math.max(0, middle.y - word.rows() / 2));
        int step = Math.max(1, Math.min(word.rows(), word.columns()) / STEPS_A_LETTER);
        int furthest = Math.max(Math.max(left, lastColumn - left), Math.max(top, lastRow - top));
        Ring ring = new Ring(left, top, lastColumn, lastRow, step);
        for (int away = 0; away <= furthest; away += step) {
            Optional<Point> place = nearest(word, ring, away);
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    /** On the edge of a square, whose corners are further away than the middles of its sides. */
    private Optional<Point> nearest(Footprint word, Ring ring, int away) {
        @Nullable Point nearest = null;
        int least = Integer.MAX_VALUE;
        int lowest = Math.min(ring.lastRow, ring.top + away);
        for (int row = Math.max(0, ring.top - away); row <= lowest; row += ring.step) {
            // Whole lines above and below; between them only the two ends.
            boolean whole = row == ring.top - away || row > ring.top + away - ring.step;
            int first = whole ? Math.max(0, ring.left - away) : ring.left - away;
            int across = whole ? ring.step : Math.max(ring.step, 2 * away);
            int last = Math.min(ring.lastColumn, ring.left + away);
            for (int column = first; column <= last; column += across) {
                int distance = ring.distance(column, row);
                if (column >= 0 && distance < least && fits(word, column, row)) {
                    least = distance;
                    nearest = new Point(column, row);
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private boolean fits(Footprint word, int column, int row) {
        int[] sampleColumns = word.sampleColumns();
        int[] sampleRows = word.sampleRows();
        for (int sample = 0; sample < word.samples(); sample++) {
            if (!isFree(column + sampleColumns[sample], row + sampleRows[sample])) {
                return false;
            }
        }
        for (int line = 0; line < word.rows(); line++) {
            if (!fitsRow(word, line, column, row + line)) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsRow(Footprint word, int line, int column, int row) {
        int shift = column & 63;
        int at = row * stride + (column >> 6);
        long carried = 0;
        for (int part = 0; part < word.stride(); part++, at++) {
            long bits = word.bits(line, part);
            if ((taken[at] & (bits << shift | carried)) != 0) {
                return false;
            }
            carried = shift == 0 ? 0 : bits >>> (64 - shift);
        }
        return carried == 0 || (taken[at] & carried) == 0;
    }

    private void put(Footprint word, int column, int row) {
        int shift = column & 63;
        for (int line = 0; line < word.rows(); line++) {
            int at = (row + line) * stride + (column >> 6);
            long carried = 0;
            for (int part = 0; part < word.stride(); part++, at++) {
                long bits = word.bits(line, part);
                taken[at] |= bits << shift | carried;
                carried = shift == 0 ? 0 : bits >>> (64 - shift);
            }
            taken[at] |= carried;
        }
    }

    private static boolean isOpen(Mask mask, int cell, int column, int row) {
        for (int y = row * cell; y < (row + 1) * cell; y++) {
            for (int x = column * cell; x < (column + 1) * cell; x++) {
                if (!mask.isOpen(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The squares round a place, as far as they lie in the picture. */
    private record Ring(int left, int top, int lastColumn, int lastRow, int step) {
        int distance(int column, int row) {
            int across = column - left;
            int down = row - top;
            return across * across + down * down;
        }
    }
}
