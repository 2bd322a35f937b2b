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

/** A cloud on its paper, in no more colours than a GIF may have. */
record Picture(BufferedImage image) {

    /** Puts drawn words, one {@code int} a pixel and transparent between them, on the paper with the shape's tint. */
    static Picture of(BufferedImage words, Mask mask, IndexedPalette inks) {
        BufferedImage image =
                new BufferedImage(words.getWidth(), words.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, inks.model());
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int[] source = ((DataBufferInt) words.getRaster().getDataBuffer()).getData();
        for (int pixel = 0; pixel < source.length; pixel++) {
            int coverage = source[pixel] >>> 24;
            target[pixel] = (byte)
                    (coverage == 0 ? inks.paper(mask.coverage(pixel)) : inks.word(source[pixel] & 0xffffff, coverage));
        }
        return new Picture(image);
    }

    byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer =
                ImageIO.getImageWriters(new ImageTypeSpecifier(image), "png").next();
        // Not to a file in between, as ImageIO's own stream does.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), small(writer));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriteParam small(ImageWriter writer) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.4f);
        return parameters;
    }
}
