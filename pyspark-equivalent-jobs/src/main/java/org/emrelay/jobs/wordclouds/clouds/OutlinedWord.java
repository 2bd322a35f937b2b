package org.emrelay.jobs.wordclouds.clouds;

import com.kennycason.kumo.Word;
import com.kennycason.kumo.collide.checkers.RectanglePixelCollisionChecker;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Objects;

/** A word drawn by its outline, and so at any size again, without the letters that Kumo cuts off where they reach beyond their line. */
final class OutlinedWord extends Word {
    private final WeightedWord weighted;
    private final Color color;
    private final Shape outline;
    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);

    OutlinedWord(WeightedWord weighted, String label, Color color, Shape outline) {
        super(label, color, new OnePixel(), new RectanglePixelCollisionChecker(), 0);
        this.weighted = Objects.requireNonNull(weighted, "weighted");
        this.color = color;
        this.outline = outline;
    }

    WeightedWord weighted() {
        return weighted;
    }

    /** Of the ink alone, at {@link Typefaces#SIZE}. */
    Rectangle2D bounds() {
        return outline.getBounds2D();
    }

    /** Upright words are read from the bottom to the top. */
    void draw(double size, boolean upright) {
        AffineTransform transform = new AffineTransform();
        if (upright) {
            transform.rotate(-Math.PI / 2);
        }
        double scale = size / Typefaces.SIZE;
        transform.scale(scale, scale);
        Shape drawn = transform.createTransformedShape(outline);
        Rectangle2D ink = drawn.getBounds2D();
        image = new BufferedImage(
                (int) Math.ceil(ink.getWidth()) + 1, (int) Math.ceil(ink.getHeight()) + 1, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(color);
        graphics.translate(-ink.getX() + 0.5, -ink.getY() + 0.5);
        graphics.fill(drawn);
        graphics.dispose();
    }

    @Override
    public BufferedImage getBufferedImage() {
        return image;
    }

    @Override
    public Dimension getDimension() {
        return new Dimension(image.getWidth(), image.getHeight());
    }

    /** Lets Kumo draw the word as it must, but small. */
    private static final class OnePixel extends FontMetrics {
        private static final long serialVersionUID = 1L;

        OnePixel() {
            super(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
        }

        @Override
        public int stringWidth(String text) {
            return 1;
        }
    }
}
