package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** The cells that a drawn word takes up, a bit each, with a cell of air around its ink. */
final class Footprint {
    private static final int SAMPLES = 5;

    private final int columns;
    private final int rows;
    private final int stride;
    private final long[] bits;
    private final int[] sampleColumns = new int[SAMPLES];
    private final int[] sampleRows = new int[SAMPLES];
    private int samples;

    private Footprint(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.stride = (columns + 63) >>> 6;
        this.bits = new long[stride * rows];
    }

    /** Of an image with one {@code int} a pixel; the air needs no cell of its own beyond the image's edge. */
    static Footprint of(BufferedImage image, int cell) {
        int width = image.getWidth();
        int height = image.getHeight();
        Footprint footprint = new Footprint((width + cell - 1) / cell + 2, (height + cell - 1) / cell + 2);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0, pixel = 0; y < height; y++) {
            int row = y / cell + 1;
            for (int x = 0; x < width; x++, pixel++) {
                if (pixels[pixel] != 0) {
                    int column = x / cell + 1;
                    footprint.bits[row * footprint.stride + (column >> 6)] |= 1L << column;
                }
            }
        }
        footprint.addAir();
        footprint.addSamples();
        return footprint;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** How many longs hold a row. */
    int stride() {
        return stride;
    }

    /** Cells 64 × part to 64 × part + 63 of a row, the first in the lowest bit. */
    long bits(int row, int part) {
        return bits[row * stride + part];
    }

    /** Columns of a few cells that are taken up, far from one another: where one of them does not fit, nothing else need be asked. */
    int[] sampleColumns() {
        return sampleColumns;
    }

    int samples() {
        return samples;
    }

    int[] sampleRows() {
        return sampleRows;
    }

    private void addSamples() {
        int found = 0;
        for (int part = 1; part <= SAMPLES; part++) {
            int column = columns * part / (SAMPLES + 1);
            for (int row = rows / 2; row < rows; row++) {
                if ((bits[row * stride + (column >> 6)] >>> column & 1) != 0) {
                    sampleColumns[found] = column;
                    sampleRows[found] = row;
                    found++;
                    break;
                }
            }
        }
        samples = found;
    }

    private void addAir() {
        long[] wide = new long[bits.length];
        for (int at = 0; at < bits.length; at++) {
            int part = at % stride;
            long left = part > 0 ? bits[at - 1] >>> 63 : 0;
            long right = part < stride - 1 ? bits[at + 1] << 63 : 0;
            wide[at] = bits[at] | bits[at] << 1 | left | bits[at] >>> 1 | right;
        }
        for (int at = 0; at < bits.length; at++) {
            long above = at >= stride ? wide[at - stride] : 0;
            long below = at + stride < bits.length ? wide[at + stride] : 0;
            bits[at] = wide[at] | above | below;
        }
    }
}
