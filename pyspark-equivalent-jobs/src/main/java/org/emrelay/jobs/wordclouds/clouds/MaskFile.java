package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.emrelay.tables.UserFault;

/** The image file of the mask, on any file system that Hadoop supports. */
record MaskFile(String flag, String uri, Configuration configuration) {
    private static final int MAX_BYTES = 50_000_000;

    /** A tiny file may decompress to gigabytes, so the dimensions in its header are checked first. */
    private static final long MAX_PIXELS = 100_000_000;

    MaskFile {
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(configuration, "configuration");
    }

    /** Reads the mask at the requested size; a missing dimension follows from the aspect ratio of the image. */
    Mask read(OptionalInt width, OptionalInt height) {
        BufferedImage image = image();
        ImageSize size = ImageSize.of(image.getWidth(), image.getHeight(), width, height)
                .orElseThrow(() -> fault(" is " + image.getWidth() + " by " + image.getHeight()
                        + " pixels, too narrow for words; pass --width and --height or use another image."));
        Mask mask = Mask.of(image, size.width(), size.height());
        if (mask.isEmpty()) {
            throw fault(" has no dark, opaque pixels to fill with words.");
        }
        return mask;
    }

    private BufferedImage image() {
        byte[] content = content();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw fault(" is not a supported image. Supported formats: PNG, JPEG, GIF, BMP, TIFF.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                return decoded(reader);
            } finally {
                reader.dispose();
            }
        } catch (UserFault fault) {
            throw fault;
        } catch (IOException | RuntimeException corrupt) {
            // ImageIO readers throw arbitrary exceptions on corrupt files.
            throw fault(" is not a readable image (" + corrupt.getMessage() + "); save it again as PNG.");
        }
    }

    private BufferedImage decoded(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw fault(" is " + width + " by " + height + " pixels; the maximum is " + MAX_PIXELS / 1_000_000
                    + " million: scale it down.");
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        // The image is never drawn larger, so the decoder can skip pixels that scaling would drop.
        int step = Math.max(1, Math.max(width, height) / CloudArguments.MAX_SIDE);
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    private byte[] content() {
        try {
            Path path = new Path(uri);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (!fileSystem.exists(path)) {
                throw fault(" does not exist; specify an image file.");
            }
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isDirectory()) {
                throw fault(" is a directory; specify an image file.");
            }
            if (status.getLen() > MAX_BYTES) {
                throw fault(" has " + status.getLen() + " bytes; the maximum is " + MAX_BYTES / 1_000_000
                        + " million: scale it down.");
            }
            try (InputStream stream = fileSystem.open(path)) {
                return stream.readAllBytes();
            }
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw fault(" cannot be opened (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": reading " + uri + " failed", failed);
        }
    }

    private UserFault fault(String message) {
        return new UserFault(flag + ": " + uri + message);
    }
}
