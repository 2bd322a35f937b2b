package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.Serializable;
import java.util.stream.IntStream;

/** The shape that words fill, at image size: the coverage of each pixel, from 0 to 255. */
final class Mask implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Pixels lighter than this are background. Light gray counts as background because scans and JPEGs are never
     * pure white.
     */
    private static final double LIGHTNESS_THRESHOLD = 0.75;

    private static final double TRANSITION_WIDTH = 0.4;

    private static final int OPEN_COVERAGE = 128;

    private final int width;
    private final int height;
    private final byte[] coverage;

    private Mask(int width, int height, byte[] coverage) {
        this.width = width;
        this.height = height;
        this.coverage = coverage;
    }

    /** Creates the default mask: the whole image except a margin. */
    static Mask rectangle(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int margin = Math.max(2, Math.min(width, height) / 40);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(margin, margin, width - 2 * margin, height - 2 * margin);
        graphics.dispose();
        return of(image);
    }

    /** Creates a mask from the dark, opaque pixels of an image, scaled to fit and centered. */
    static Mask of(BufferedImage image, int width, int height) {
        double scale = Math.min((double) width / image.getWidth(), (double) height / image.getHeight());
        int scaledWidth = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int scaledHeight = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(
                shape(image), (width - scaledWidth) / 2, (height - scaledHeight) / 2, scaledWidth, scaledHeight, null);
        graphics.dispose();
        return of(scaled);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int coverage(int pixel) {
        return coverage[pixel] & 0xff;
    }

    boolean isOpen(int x, int y) {
        return coverage(y * width + x) >= OPEN_COVERAGE;
    }

    boolean isEmpty() {
        return IntStream.range(0, coverage.length).noneMatch(pixel -> coverage(pixel) >= OPEN_COVERAGE);
    }

    private static Mask of(BufferedImage gray) {
        byte[] coverage = new byte[gray.getWidth() * gray.getHeight()];
        gray.getRaster().getDataElements(0, 0, gray.getWidth(), gray.getHeight(), coverage);
        return new Mask(gray.getWidth(), gray.getHeight(), coverage);
    }

    private static BufferedImage shape(BufferedImage image) {
        BufferedImage shape = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                double opacity = (row[x] >>> 24) / 255.0;
                double lightness = 1 - opacity * (1 - Rgb.of(row[x]).luminance());
                // A steep ramp instead of a step keeps the edges smooth.
                double inside = 0.5 + (LIGHTNESS_THRESHOLD - lightness) / TRANSITION_WIDTH;
                shape.getRaster().setSample(x, y, 0, (int) Math.round(255 * Math.min(1, Math.max(0, inside))));
            }
        }
        return shape;
    }
}
