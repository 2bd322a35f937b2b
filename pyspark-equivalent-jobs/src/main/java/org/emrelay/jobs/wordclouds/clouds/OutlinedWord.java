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

/**
 * A word drawn from its glyph outlines at any size.
 *
 * <p>Kumo draws text into a line box and cuts off glyphs that extend beyond it.
 */
final class OutlinedWord extends Word {
    private final WeightedWord weighted;
    private final Color color;
    private final Shape outline;
    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);

    OutlinedWord(WeightedWord weighted, String label, Color color, Shape outline) {
        super(label, color, new OnePixelMetrics(), new RectanglePixelCollisionChecker(), 0);
        this.weighted = Objects.requireNonNull(weighted, "weighted");
        this.color = color;
        this.outline = outline;
    }

    WeightedWord weighted() {
        return weighted;
    }

    /** Returns the bounding box of the glyphs at {@link Typefaces#SIZE}. */
    Rectangle2D bounds() {
        return outline.getBounds2D();
    }

    /** Draws the word; vertical words read from bottom to top. */
    void draw(double size, boolean isVertical) {
        AffineTransform transform = new AffineTransform();
        if (isVertical) {
            transform.rotate(-Math.PI / 2);
        }
        double scale = size / Typefaces.SIZE;
        transform.scale(scale, scale);
        Shape glyphs = transform.createTransformedShape(outline);
        Rectangle2D bounds = glyphs.getBounds2D();
        image = new BufferedImage(
                (int) Math.ceil(bounds.getWidth()) + 1,
                (int) Math.ceil(bounds.getHeight()) + 1,
                BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(color);
        graphics.translate(-bounds.getX() + 0.5, -bounds.getY() + 0.5);
        graphics.fill(glyphs);
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

    /** Keeps the image that Kumo's constructor insists on drawing at one pixel. */
    private static final class OnePixelMetrics extends FontMetrics {
        private static final long serialVersionUID = 1L;

        OnePixelMetrics() {
            super(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
        }

        @Override
        public int stringWidth(String text) {
            return 1;
        }
    }
}
