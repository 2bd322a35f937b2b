package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** A bitmap of the grid cells that a word covers, dilated by one cell of padding. */
final class WordBitmap {
    private static final int SAMPLES = 5;

    private final int columns;
    private final int rows;
    private final int stride;
    private final long[] bits;
    private final int[] sampleColumns = new int[SAMPLES];
    private final int[] sampleRows = new int[SAMPLES];
    private int sampleCount;

    private WordBitmap(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.stride = (columns + 63) >>> 6;
        this.bits = new long[stride * rows];
    }

    /** Creates the bitmap of an image with one {@code int} per pixel; the padding adds one cell on each side. */
    static WordBitmap of(BufferedImage image, int cellSize) {
        int width = image.getWidth();
        int height = image.getHeight();
        WordBitmap bitmap =
                new WordBitmap((width + cellSize - 1) / cellSize + 2, (height + cellSize - 1) / cellSize + 2);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0, pixel = 0; y < height; y++) {
            int row = y / cellSize + 1;
            for (int x = 0; x < width; x++, pixel++) {
                if (pixels[pixel] != 0) {
                    int column = x / cellSize + 1;
                    bitmap.bits[row * bitmap.stride + (column >> 6)] |= 1L << column;
                }
            }
        }
        bitmap.addPadding();
        bitmap.addSamples();
        return bitmap;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** The number of longs per row. */
    int stride() {
        return stride;
    }

    /** Returns the cells 64 × longIndex to 64 × longIndex + 63 of a row, the first in the lowest bit. */
    long bits(int row, int longIndex) {
        return bits[row * stride + longIndex];
    }

    /**
     * Returns the columns of a few covered cells far apart; if one of them collides, the full check is unnecessary.
     */
    int[] sampleColumns() {
        return sampleColumns;
    }

    int sampleCount() {
        return sampleCount;
    }

    int[] sampleRows() {
        return sampleRows;
    }

    private void addSamples() {
        int found = 0;
        for (int sample = 1; sample <= SAMPLES; sample++) {
            int column = columns * sample / (SAMPLES + 1);
            for (int row = rows / 2; row < rows; row++) {
                if ((bits[row * stride + (column >> 6)] >>> column & 1) != 0) {
                    sampleColumns[found] = column;
                    sampleRows[found] = row;
                    found++;
                    break;
                }
            }
        }
        sampleCount = found;
    }

    private void addPadding() {
        long[] widened = new long[bits.length];
        for (int index = 0; index < bits.length; index++) {
            int longIndex = index % stride;
            long left = longIndex > 0 ? bits[index - 1] >>> 63 : 0;
            long right = longIndex < stride - 1 ? bits[index + 1] << 63 : 0;
            widened[index] = bits[index] | bits[index] << 1 | left | bits[index] >>> 1 | right;
        }
        for (int index = 0; index < bits.length; index++) {
            long above = index >= stride ? widened[index - stride] : 0;
            long below = index + stride < bits.length ? widened[index + stride] : 0;
            bits[index] = widened[index] | above | below;
        }
    }
}
