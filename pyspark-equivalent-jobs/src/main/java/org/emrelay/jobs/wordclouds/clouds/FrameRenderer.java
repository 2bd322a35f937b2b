package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Lays out an animation frame: the image, with the year and a progress bar below it. */
final class FrameRenderer {
    /** Still legible, with a third of the bytes of a full-size image. */
    private static final int MAX_WIDTH = 800;

    private static final double TRACK_OPACITY = 0.22;

    private final IndexedPalette indexedPalette;
    private final int width;
    private final int imageHeight;
    private final int height;
    private final Map<Integer, Byte> nearestByRgb = new HashMap<>();

    FrameRenderer(ImageSize image, IndexedPalette indexedPalette) {
        this.indexedPalette = Objects.requireNonNull(indexedPalette, "indexedPalette");
        this.width = Math.min(MAX_WIDTH, image.width());
        this.imageHeight = Math.max(1, Math.round((float) image.height() * width / image.width()));
        this.height = imageHeight + captionHeight();
    }

    /** Draws a frame; progress runs from 0, the first year, to 1, the last. */
    BufferedImage render(BufferedImage image, String year, double progress) {
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, indexedPalette.model());
        byte[] target = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
        int[] scaled = scaled(image);
        int previousRgb = -1;
        byte paletteIndex = 0;
        for (int pixel = 0; pixel < scaled.length; pixel++) {
            int rgb = scaled[pixel] & 0xffffff;
            if (rgb != previousRgb) {
                previousRgb = rgb;
                paletteIndex = nearestByRgb.computeIfAbsent(rgb, other -> (byte) indexedPalette.nearest(other));
            }
            target[pixel] = paletteIndex;
        }
        byte[] caption = caption(year, progress);
        for (int pixel = 0; pixel < caption.length; pixel++) {
            target[scaled.length + pixel] = (byte) indexedPalette.caption(caption[pixel] & 0xff);
        }
        return frame;
    }

    private int captionHeight() {
        return Math.max(28, width / 12);
    }

    private int[] scaled(BufferedImage image) {
        BufferedImage scaled = new BufferedImage(width, imageHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, imageHeight, null);
        graphics.dispose();
        return ((DataBufferInt) scaled.getRaster().getDataBuffer()).getData();
    }

    private byte[] caption(String year, double progress) {
        BufferedImage caption = new BufferedImage(width, captionHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = caption.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double margin = width / 40.0;
        double letterHeight = captionHeight() * 0.62;
        // Reserve space for four digits and "BC" in every frame, so nothing moves between frames.
        double barStart = margin + letterHeight * 4.4;
        graphics.setColor(Color.WHITE);
        Typefaces.outline(year)
                .ifPresent(outline -> graphics.fill(fitted(outline, margin, letterHeight, barStart - 2 * margin)));
        double thickness = Math.max(2, captionHeight() / 16.0);
        double barTop = captionHeight() * 0.5 - thickness / 2;
        double barLength = width - margin - barStart;
        graphics.setColor(gray(TRACK_OPACITY));
        graphics.fill(new RoundRectangle2D.Double(barStart, barTop, barLength, thickness, thickness, thickness));
        graphics.setColor(Color.WHITE);
        double doneLength = Math.max(thickness, barLength * progress);
        graphics.fill(new RoundRectangle2D.Double(barStart, barTop, doneLength, thickness, thickness, thickness));
        graphics.dispose();
        return ((DataBufferByte) caption.getRaster().getDataBuffer()).getData();
    }

    private Shape fitted(Shape outline, double left, double letterHeight, double maxWidth) {
        Rectangle2D bounds = outline.getBounds2D();
        double scale = Math.min(letterHeight * 1.3 / Typefaces.SIZE, maxWidth / bounds.getWidth());
        AffineTransform transform =
                AffineTransform.getTranslateInstance(left, (captionHeight() + scale * bounds.getHeight()) / 2);
        transform.scale(scale, scale);
        transform.translate(-bounds.getX(), 0);
        return transform.createTransformedShape(outline);
    }

    /** Uses opacity: a gray image stores linear light and would not keep the gray value that it is given. */
    private static Color gray(double part) {
        return new Color(1f, 1f, 1f, (float) part);
    }
}
