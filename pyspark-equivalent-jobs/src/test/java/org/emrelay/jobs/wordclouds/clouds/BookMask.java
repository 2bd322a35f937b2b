package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Draws {@code data/mask.png}, an open book seen by its reader. */
final class BookMask {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 800;

    private BookMask() {}

    /** Rewrites the file; run it from the root of the project. */
    public static void main(String[] arguments) throws IOException {
        ImageIO.write(draw(), "png", Path.of("data/mask.png").toFile());
    }

    static BufferedImage draw() {
        BufferedImage image = createGrayscaleImage();
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.BLACK);
        graphics.fill(rightPage());
        graphics.transform(new AffineTransform(-1, 0, 0, 1, WIDTH, 0));
        graphics.fill(rightPage());
        graphics.dispose();
        return image;
    }

    /** The outline, from the spine along the arch of the page to the outer edge and back along the bottom. */
    private static Path2D rightPage() {
        Path2D page = new Path2D.Double();
        page.moveTo(610, 128);
        page.curveTo(640, 62, 730, 26, 850, 24);
        page.curveTo(985, 22, 1090, 44, 1184, 78);
        page.lineTo(1184, 730);
        page.curveTo(1090, 702, 985, 684, 850, 688);
        page.curveTo(730, 692, 650, 714, 610, 768);
        page.closePath();
        return page;
    }

    private static BufferedImage createGrayscaleImage() {
        byte[] levels = new byte[16];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = (byte) (level * 17);
        }
        return new BufferedImage(
                WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(4, 16, levels, levels, levels));
    }
}
