package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Point;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bitmap of the occupied grid cells of an image, for collision tests between words.
 *
 * <p>Testing a position takes a few operations on longs. Kumo's own raster tests pixel by pixel, which takes seconds
 * per word in a nearly full image.
 */
final class CollisionGrid {
    private static final int CELLS_ACROSS = 600;
    private static final int STEPS_PER_LETTER = 5;

    private final int cellSize;
    private final int columns;
    private final int rows;
    private final int stride;
    private final long[] occupied;

    private CollisionGrid(int cellSize, int columns, int rows) {
        this.cellSize = cellSize;
        this.columns = columns;
        this.rows = rows;
        this.stride = (columns + 63) >>> 6;
        // One spare long for bits shifted past the last column.
        this.occupied = new long[stride * rows + 1];
    }

    /** Creates a grid in which the cells that lie entirely within the mask are free. */
    static CollisionGrid of(Mask mask) {
        int cellSize = Math.max(1, Math.max(mask.width(), mask.height()) / CELLS_ACROSS);
        CollisionGrid grid = new CollisionGrid(cellSize, mask.width() / cellSize, mask.height() / cellSize);
        for (int row = 0; row < grid.rows; row++) {
            for (int column = 0; column < grid.columns; column++) {
                if (!isOpen(mask, cellSize, column, row)) {
                    grid.occupied[row * grid.stride + (column >> 6)] |= 1L << column;
                }
            }
        }
        return grid;
    }

    int cellSize() {
        return cellSize;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Returns the free cell farthest from occupied cells and from the edges of the image. */
    Point mostOpenCell() {
        int[][] distance = new int[rows + 2][columns + 2];
        Point mostOpen = new Point(columns / 2, rows / 2);
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                int distanceAbove = Math.min(distance[row - 1][column], distance[row][column - 1]);
                distance[row][column] = isFree(column - 1, row - 1) ? distanceAbove + 1 : 0;
            }
        }
        int maxDistance = 0;
        for (int row = rows; row > 0; row--) {
            for (int column = columns; column > 0; column--) {
                int distanceBelow = Math.min(distance[row + 1][column], distance[row][column + 1]);
                distance[row][column] = Math.min(distance[row][column], distanceBelow + 1);
                if (distance[row][column] > maxDistance) {
                    maxDistance = distance[row][column];
                    mostOpen = new Point(column - 1, row - 1);
                }
            }
        }
        return mostOpen;
    }

    boolean isFree(int column, int row) {
        return (occupied[row * stride + (column >> 6)] >>> column & 1) == 0;
    }

    /**
     * Finds the free position nearest to a cell, searching in growing squares, and occupies it.
     *
     * <p>Returns the position of the upper left corner of the word.
     */
    Optional<Point> place(WordBitmap word, Point center) {
        Optional<Point> position = nearest(word, center);
        position.ifPresent(corner -> occupy(word, corner.x, corner.y));
        return position;
    }

    private Optional<Point> nearest(WordBitmap word, Point center) {
        int lastColumn = columns - word.columns();
        int lastRow = rows - word.rows();
        if (lastColumn < 0 || lastRow < 0) {
            return Optional.empty();
        }
        int left = Math.min(lastColumn, Math.max(0, center.x - word.columns() / 2));
        int top = Math.min(lastRow, Math.max(0, center.y - word.rows() / 2));
        int step = Math.max(1, Math.min(word.rows(), word.columns()) / STEPS_PER_LETTER);
        int maxDistance = Math.max(Math.max(left, lastColumn - left), Math.max(top, lastRow - top));
        SearchRing ring = new SearchRing(left, top, lastColumn, lastRow, step);
        for (int radius = 0; radius <= maxDistance; radius += step) {
            Optional<Point> position = nearest(word, ring, radius);
            if (position.isPresent()) {
                return position;
            }
        }
        return Optional.empty();
    }

    /** Searches the edge of a square, comparing distances because its corners are farther away than its sides. */
    private Optional<Point> nearest(WordBitmap word, SearchRing ring, int radius) {
        @Nullable Point nearest = null;
        int minDistance = Integer.MAX_VALUE;
        int lastRingRow = Math.min(ring.lastRow, ring.top + radius);
        for (int row = Math.max(0, ring.top - radius); row <= lastRingRow; row += ring.step) {
            // The top and bottom rows are searched fully, the rows between them only at both ends.
            boolean isFullRow = row == ring.top - radius || row > ring.top + radius - ring.step;
            int first = isFullRow ? Math.max(0, ring.left - radius) : ring.left - radius;
            int columnStep = isFullRow ? ring.step : Math.max(ring.step, 2 * radius);
            int last = Math.min(ring.lastColumn, ring.left + radius);
            for (int column = first; column <= last; column += columnStep) {
                int distance = ring.distance(column, row);
                if (column >= 0 && distance < minDistance && fits(word, column, row)) {
                    minDistance = distance;
                    nearest = new Point(column, row);
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private boolean fits(WordBitmap word, int column, int row) {
        int[] sampleColumns = word.sampleColumns();
        int[] sampleRows = word.sampleRows();
        for (int sample = 0; sample < word.sampleCount(); sample++) {
            if (!isFree(column + sampleColumns[sample], row + sampleRows[sample])) {
                return false;
            }
        }
        for (int wordRow = 0; wordRow < word.rows(); wordRow++) {
            if (!fitsRow(word, wordRow, column, row + wordRow)) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsRow(WordBitmap word, int wordRow, int column, int row) {
        int shift = column & 63;
        int index = row * stride + (column >> 6);
        long carry = 0;
        for (int longIndex = 0; longIndex < word.stride(); longIndex++, index++) {
            long bits = word.bits(wordRow, longIndex);
            if ((occupied[index] & (bits << shift | carry)) != 0) {
                return false;
            }
            carry = shift == 0 ? 0 : bits >>> (64 - shift);
        }
        return carry == 0 || (occupied[index] & carry) == 0;
    }

    private void occupy(WordBitmap word, int column, int row) {
        int shift = column & 63;
        for (int wordRow = 0; wordRow < word.rows(); wordRow++) {
            int index = (row + wordRow) * stride + (column >> 6);
            long carry = 0;
            for (int longIndex = 0; longIndex < word.stride(); longIndex++, index++) {
                long bits = word.bits(wordRow, longIndex);
                occupied[index] |= bits << shift | carry;
                carry = shift == 0 ? 0 : bits >>> (64 - shift);
            }
            occupied[index] |= carry;
        }
    }

    private static boolean isOpen(Mask mask, int cellSize, int column, int row) {
        for (int y = row * cellSize; y < (row + 1) * cellSize; y++) {
            for (int x = column * cellSize; x < (column + 1) * cellSize; x++) {
                if (!mask.isOpen(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The squares around a start position, clipped to the image. */
    private record SearchRing(int left, int top, int lastColumn, int lastRow, int step) {
        int distance(int column, int row) {
            int dx = column - left;
            int dy = row - top;
            return dx * dx + dy * dy;
        }
    }
}
