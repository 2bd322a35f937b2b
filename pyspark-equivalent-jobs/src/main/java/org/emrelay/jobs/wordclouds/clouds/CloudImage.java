package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A word cloud image in at most 256 colors, as GIF requires. */
record CloudImage(BufferedImage image) {

    /** Draws the words, one {@code int} per pixel and transparent between them, on the tinted background. */
    static CloudImage of(BufferedImage words, Mask mask, IndexedPalette palette) {
        BufferedImage image = new BufferedImage(
                words.getWidth(), words.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int[] source = ((DataBufferInt) words.getRaster().getDataBuffer()).getData();
        for (int pixel = 0; pixel < source.length; pixel++) {
            int coverage = source[pixel] >>> 24;
            target[pixel] = (byte)
                    (coverage == 0
                            ? palette.background(mask.coverage(pixel))
                            : palette.word(source[pixel] & 0xffffff, coverage));
        }
        return new CloudImage(image);
    }

    byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer =
                ImageIO.getImageWriters(new ImageTypeSpecifier(image), "png").next();
        // ImageIO's default stream would use a temporary file.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), highCompression(writer));
        } catch (IOException failed) {
            throw new UncheckedIOException("writing to memory failed", failed);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriteParam highCompression(ImageWriter writer) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.4f);
        return parameters;
    }
}
