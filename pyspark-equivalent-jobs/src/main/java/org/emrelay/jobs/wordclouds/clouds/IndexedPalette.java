package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The 256 colors shared by images and animation.
 *
 * <p>It holds the background, the faint tint of the shape, and for each word color enough shades for smooth edges.
 * Because it is built from the drawn colors, no dithering is needed.
 */
final class IndexedPalette {
    private static final int COLORS = 256;
    private static final int BACKGROUND_SHADES = 8;
    /** More shades do not look smoother, but enlarge the files. */
    private static final int MAX_SHADES = 12;

    private static final double TINT_OPACITY = 0.045;

    private final List<Rgb> colors;
    private final int[] table = new int[COLORS];
    private final int shades;

    IndexedPalette(Palette palette) {
        Rgb contrast = palette.isLight() ? new Rgb(0, 0, 0) : new Rgb(255, 255, 255);
        Rgb tint = palette.background().blendWith(contrast, TINT_OPACITY);
        this.colors = new ArrayList<>(palette.colors());
        // The last color is used for captions.
        this.colors.add(palette.background().blendWith(contrast, 0.8));
        this.shades = Math.min(MAX_SHADES, (COLORS - BACKGROUND_SHADES) / colors.size());
        for (int shade = 0; shade < BACKGROUND_SHADES; shade++) {
            table[shade] = palette.background()
                    .blendWith(tint, shade / (BACKGROUND_SHADES - 1.0))
                    .packed();
        }
        for (int color = 0; color < colors.size(); color++) {
            Rgb below = color < colors.size() - 1 ? tint : palette.background();
            for (int shade = 1; shade <= shades; shade++) {
                table[BACKGROUND_SHADES + color * shades + shade - 1] = below.blendWith(
                                colors.get(color), (double) shade / shades)
                        .packed();
            }
        }
    }

    IndexColorModel model() {
        return new IndexColorModel(8, COLORS, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    /** Returns the index of a background pixel, tinted by how much of it the shape covers. */
    int background(int coverage) {
        return coverage * (BACKGROUND_SHADES - 1) / 255;
    }

    /** Returns the index of a word pixel from its color and its coverage, 1 to 255. */
    int word(int rgb, int coverage) {
        int nearest = 0;
        int minDistance = Integer.MAX_VALUE;
        for (int color = 0; color < colors.size() - 1 && minDistance > 0; color++) {
            int distance = distance(rgb, colors.get(color).packed());
            if (distance < minDistance) {
                minDistance = distance;
                nearest = color;
            }
        }
        return shade(nearest, coverage);
    }

    int caption(int coverage) {
        return coverage == 0 ? 0 : shade(colors.size() - 1, coverage);
    }

    /** Returns the index of the nearest color. */
    int nearest(int rgb) {
        int nearest = 0;
        int minDistance = Integer.MAX_VALUE;
        for (int index = 0; index < COLORS && minDistance > 0; index++) {
            int distance = distance(rgb, table[index]);
            if (distance < minDistance) {
                minDistance = distance;
                nearest = index;
            }
        }
        return nearest;
    }

    private int shade(int color, int coverage) {
        return BACKGROUND_SHADES + color * shades + Math.max(0, (coverage * shades + 127) / 255 - 1);
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return red * red + green * green + blue * blue;
    }
}
