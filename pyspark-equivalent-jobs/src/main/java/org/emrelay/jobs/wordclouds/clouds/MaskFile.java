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
import org.emrelay.jobs.UserFault;

/** The image file that the user names as a mask, wherever Hadoop can read it; what cannot be one is refused in a sentence. */
record MaskFile(String flag, String uri, Configuration configuration) {
    private static final int MOST_BYTES = 50_000_000;

    /** An image of a few bytes may unfold to gigabytes: what it says of its size is read first. */
    private static final long MOST_PIXELS = 100_000_000;

    MaskFile {
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(configuration, "configuration");
    }

    /** As large as asked for; of a side that is not given, the image's own proportions tell. */
    Mask read(OptionalInt width, OptionalInt height) {
        BufferedImage image = image();
        PictureSize size = PictureSize.of(image.getWidth(), image.getHeight(), width, height)
                .orElseThrow(() -> fault(" is " + image.getWidth() + " by " + image.getHeight()
                        + " pixels, too narrow a shape for words; give --width and --height, or another image."));
        Mask mask = Mask.of(image, size.width(), size.height());
        if (mask.isEmpty()) {
            throw fault(" has nothing dark in it: words go where the image is dark and opaque.");
        }
        return mask;
    }

    private BufferedImage image() {
        byte[] content = content();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw fault(" is no image that can be read; give a PNG, JPEG, GIF, BMP or TIFF.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                return decoded(reader);
            } finally {
                reader.dispose();
            }
        } catch (UserFault told) {
            throw told;
        } catch (IOException | RuntimeException damaged) {
            // ImageIO's readers meet damaged files with all kinds of exceptions.
            throw fault(" is no image that can be read (" + damaged.getMessage() + "); save it as a PNG again.");
        }
    }

    private BufferedImage decoded(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw fault(" is " + width + " by " + height + " pixels; " + MOST_PIXELS / 1_000_000
                    + " million are the most: scale it down.");
        }
        ImageReadParam every = reader.getDefaultReadParam();
        // No picture is larger; the decoder then leaves out what would only be scaled away.
        int step = Math.max(1, Math.max(width, height) / CloudArguments.MOST_SIDE);
        every.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, every);
    }

    private byte[] content() {
        try {
            Path path = new Path(uri);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (!fileSystem.exists(path)) {
                throw fault(": there is nothing at ", "; name an image file.");
            }
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isDirectory()) {
                throw fault(" is a directory; name an image file.");
            }
            if (status.getLen() > MOST_BYTES) {
                throw fault(" has " + status.getLen() + " bytes; " + MOST_BYTES / 1_000_000
                        + " million are the most: scale it down.");
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

    private UserFault fault(String rest) {
        return fault(": ", rest);
    }

    private UserFault fault(String before, String rest) {
        return new UserFault(flag + before + uri + rest);
    }
}
