package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The 256 colours of pictures and animation: paper, the shape's faint tint, and of each word's colour so many shades
 * over it that edges are smooth. Made from what is drawn, they need no dithering.
 */
final class IndexedPalette {
    private static final int COLORS = 256;
    private static final int PAPER_SHADES = 8;
    /** More make no edge smoother to the eye, but the files larger. */
    private static final int MOST_SHADES = 12;

    private static final double TINT = 0.045;

    private final List<Rgb> colors;
    private final int[] table = new int[COLORS];
    private final int shades;

    IndexedPalette(Palette palette) {
        Rgb contrast = palette.isLight() ? new Rgb(0, 0, 0) : new Rgb(255, 255, 255);
        Rgb tint = palette.background().under(contrast, TINT);
        this.colors = new ArrayList<>(palette.colors());
        // The last colour is the captions'.
        this.colors.add(palette.background().under(contrast, 0.8));
        this.shades = Math.min(MOST_SHADES, (COLORS - PAPER_SHADES) / colors.size());
        for (int shade = 0; shade < PAPER_SHADES; shade++) {
            table[shade] = palette.background()
                    .under(tint, shade / (PAPER_SHADES - 1.0))
                    .packed();
        }
        for (int color = 0; color < colors.size(); color++) {
            Rgb below = color < colors.size() - 1 ? tint : palette.background();
            for (int shade = 1; shade <= shades; shade++) {
                table[PAPER_SHADES + color * shades + shade - 1] =
                        below.under(colors.get(color), (double) shade / shades).packed();
            }
        }
    }

    IndexColorModel model() {
        return new IndexColorModel(8, COLORS, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    /** Paper, tinted as far as the pixel belongs to the shape. */
    int paper(int coverage) {
        return coverage * (PAPER_SHADES - 1) / 255;
    }

    /** A word's pixel: its colour as drawn, and how much of the pixel it covers, from 1 to 255. */
    int word(int rgb, int coverage) {
        int nearest = 0;
        int least = Integer.MAX_VALUE;
        for (int color = 0; color < colors.size() - 1 && least > 0; color++) {
            int distance = distance(rgb, colors.get(color).packed());
            if (distance < least) {
                least = distance;
                nearest = color;
            }
        }
        return shade(nearest, coverage);
    }

    int caption(int coverage) {
        return coverage == 0 ? 0 : shade(colors.size() - 1, coverage);
    }

    /** The ink that is most like a colour. */
    int nearest(int rgb) {
        int nearest = 0;
        int least = Integer.MAX_VALUE;
        for (int ink = 0; ink < COLORS && least > 0; ink++) {
            int distance = distance(rgb, table[ink]);
            if (distance < least) {
                least = distance;
                nearest = ink;
            }
        }
        return nearest;
    }

    private int shade(int color, int coverage) {
        return PAPER_SHADES + color * shades + Math.max(0, (coverage * shades + 127) / 255 - 1);
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return red * red + green * green + blue * blue;
    }
}
