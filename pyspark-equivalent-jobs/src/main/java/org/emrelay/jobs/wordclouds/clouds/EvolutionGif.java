package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An animated GIF that is written frame by frame, so that any number of years takes the memory of one. */
final class EvolutionGif implements AutoCloseable {
    private static final String IMAGE = "javax_imageio_gif_image_1.0";
    private static final String STREAM = "javax_imageio_gif_stream_1.0";

    private final ImageWriter writer;
    private final ImageOutputStream stream;
    private final Duration delay;

    EvolutionGif(OutputStream stream, IndexColorModel colors, Duration delay) throws IOException {
        this.writer = ImageIO.getImageWritersByFormatName("gif").next();
        this.stream = new MemoryCacheImageOutputStream(stream);
        this.delay = delay;
        writer.setOutput(this.stream);
        writer.prepareWriteSequence(metadata(colors));
    }

    void add(BufferedImage frame) throws IOException {
        writer.writeToSequence(new IIOImage(frame, null, metadata(frame)), null);
        stream.flushBefore(stream.getStreamPosition());
    }

    @Override
    public void close() throws IOException {
        writer.endWriteSequence();
        stream.close();
        writer.dispose();
    }

    /** One table of colours for all frames; the writer's own would be the web's 216 of old. */
    private IIOMetadata metadata(IndexColorModel colors) throws IOException {
        IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(STREAM);
        IIOMetadataNode table = child(root, "GlobalColorTable");
        table.setAttribute("sizeOfGlobalColorTable", Integer.toString(colors.getMapSize()));
        table.setAttribute("backgroundColorIndex", "0");
        table.setAttribute("sortFlag", "FALSE");
        for (int index = 0; index < colors.getMapSize(); index++) {
            IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
            entry.setAttribute("index", Integer.toString(index));
            entry.setAttribute("red", Integer.toString(colors.getRed(index)));
            entry.setAttribute("green", Integer.toString(colors.getGreen(index)));
            entry.setAttribute("blue", Integer.toString(colors.getBlue(index)));
            table.appendChild(entry);
        }
        metadata.setFromTree(STREAM, root);
        return metadata;
    }

    private IIOMetadata metadata(RenderedImage frame) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(IMAGE);
        root.removeChild(child(root, "LocalColorTable"));
        child(root, "ImageDescriptor").setAttribute("interlaceFlag", "FALSE");
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Long.toString(Math.max(2, delay.toMillis() / 10)));
        IIOMetadataNode endless = new IIOMetadataNode("ApplicationExtension");
        endless.setAttribute("applicationID", "NETSCAPE");
        endless.setAttribute("authenticationCode", "2.0");
        // Block 1 is the number of repetitions, low byte first; 0 is for ever.
        endless.setUserObject(new byte[] {1, 0, 0});
        child(root, "ApplicationExtensions").appendChild(endless);
        metadata.setFromTree(IMAGE, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int at = 0; at < root.getLength(); at++) {
            if (root.item(at) instanceof IIOMetadataNode node
                    && node.getNodeName().equals(name)) {
                return node;
            }
        }
        IIOMetadataNode added = new IIOMetadataNode(name);
        root.appendChild(added);
        return added;
    }
}
