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

/** The layout of the animation's frames: the picture, and below it the year, large, with a bar that tells how far along it is. */
final class Frame {
    /** Wide enough for all words of a picture, and a third of its bytes. */
    private static final int WIDEST = 800;

    private static final double BAR_TRACK = 0.22;

    private final IndexedPalette inks;
    private final int width;
    private final int pictureHeight;
    private final int height;
    private final Map<Integer, Byte> nearest = new HashMap<>();

    Frame(PictureSize picture, IndexedPalette inks) {
        this.inks = Objects.requireNonNull(inks, "inks");
        this.width = Math.min(WIDEST, picture.width());
        this.pictureHeight = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
        this.height = pictureHeight + captionHeight();
    }

    /** How far along: from 0, the first year, to 1, the last. */
    BufferedImage of(BufferedImage picture, String year, double progress) {
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, inks.model());
        byte[] target = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
        int[] scaled = scaled(picture);
        int last = -1;
        byte ink = 0;
        for (int pixel = 0; pixel < scaled.length; pixel++) {
            int rgb = scaled[pixel] & 0xffffff;
            if (rgb != last) {
                last = rgb;
                ink = nearest.computeIfAbsent(rgb, other -> (byte) inks.nearest(other));
            }
            target[pixel] = ink;
        }
        byte[] caption = caption(year, progress);
        for (int pixel = 0; pixel < caption.length; pixel++) {
            target[scaled.length + pixel] = (byte) inks.caption(caption[pixel] & 0xff);
        }
        return frame;
    }

    private int captionHeight() {
        return Math.max(28, width / 12);
    }

    private int[] scaled(BufferedImage picture) {
        BufferedImage scaled = new BufferedImage(width, pictureHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, pictureHeight, null);
        graphics.dispose();
        return ((DataBufferInt) scaled.getRaster().getDataBuffer()).getData();
    }

    private byte[] caption(String year, double progress) {
        BufferedImage caption = new BufferedImage(width, captionHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = caption.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double margin = width / 40.0;
        double letters = captionHeight() * 0.62;
        // As much room as four digits and "BC" need, whatever the year: nothing may move from frame to frame.
        double bar = margin + letters * 4.4;
        graphics.setColor(Color.WHITE);
        Typefaces.outline(year).ifPresent(outline -> graphics.fill(fitted(outline, margin, letters, bar - 2 * margin)));
        double thickness = Math.max(2, captionHeight() / 16.0);
        double top = captionHeight() * 0.5 - thickness / 2;
        double length = width - margin - bar;
        graphics.setColor(gray(BAR_TRACK));
        graphics.fill(new RoundRectangle2D.Double(bar, top, length, thickness, thickness, thickness));
        graphics.setColor(Color.WHITE);
        double done = Math.max(thickness, length * progress);
        graphics.fill(new RoundRectangle2D.Double(bar, top, done, thickness, thickness, thickness));
        graphics.dispose();
        return ((DataBufferByte) caption.getRaster().getDataBuffer()).getData();
    }

    private Shape fitted(Shape outline, double left, double letters, double widest) {
        Rectangle2D bounds = outline.getBounds2D();
        double scale = Math.min(letters * 1.3 / Typefaces.SIZE, widest / bounds.getWidth());
        AffineTransform transform =
                AffineTransform.getTranslateInstance(left, (captionHeight() + scale * bounds.getHeight()) / 2);
        transform.scale(scale, scale);
        transform.translate(-bounds.getX(), 0);
        return transform.createTransformedShape(outline);
    }

    /** A gray image keeps light linearly, and would not give back the part that was asked for as a colour. */
    private static Color gray(double part) {
        return new Color(1f, 1f, 1f, (float) part);
    }
}
