package org.emrelay.jobs.topics.combine;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens files with posts in any supported format, compressed or not.
 *
 * @param format empty to detect it
 */
record PostInput(String format, PostColumns columns) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER_BYTES = 64 * 1024;

    PostInput {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(columns, "columns");
    }

    /** Opens a part of a file; returns null if no record begins in it. */
    @Nullable
    RecordReader open(PostSplit split, Configuration configuration) throws IOException {
        LineReader lines = lines(split, configuration);
        if (lines == null) {
            return null;
        }
        try {
            return records(lines, split.end());
        } catch (IOException failed) {
            lines.close();
            throw failed;
        }
    }

    private @Nullable RecordReader records(LineReader lines, long end) throws IOException {
        String first = lines.position() < end ? lines.next() : null;
        while (first != null && first.isBlank()) {
            first = lines.position() < end ? lines.next() : null;
        }
        if (first == null) {
            lines.close();
            return null;
        }
        Optional<PostFormat> declared = PostFormat.of(format);
        String line = first;
        PostFormat found = declared.orElseGet(() -> PostFormat.detect(line));
        if (found == PostFormat.JSON) {
            return new JsonRecordReader(lines, first, new JsonPosts(columns), end);
        }
        return new DelimitedRecordReader(lines, new DelimitedRecords(lines, first, found.delimiter(first)), columns);
    }

    /** Returns the lines that begin in a part of a file. Null if the file is compressed and the part is not its first. */
    static @Nullable LineReader lines(PostSplit split, Configuration configuration) throws IOException {
        Path path = new Path(split.path());
        FileSystem fileSystem = path.getFileSystem(configuration);
        FSDataInputStream file = fileSystem.open(path, BUFFER_BYTES);
        try {
            byte[] magic = file.readNBytes(2);
            boolean isGzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
            CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
            boolean isCompressed =
                    isGzip || (codec != null && !codec.getDefaultExtension().equals(".gz"));
            if (split.start() > 0) {
                if (isCompressed) {
                    file.close();
                    return null;
                }
                file.seek(split.start() - 1);
                LineReader lines = new LineReader(file, split.start() - 1);
                // This line began in the previous part.
                lines.next();
                return lines;
            }
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), file);
            if (isGzip) {
                return new LineReader(new GZIPInputStream(whole, BUFFER_BYTES), 0);
            }
            return new LineReader(isCompressed ? Objects.requireNonNull(codec).createInputStream(whole) : whole, 0);
        } catch (IOException failed) {
            file.close();
            throw failed;
        }
    }

    /** Whether a compressed file is truncated or corrupt. It may still be being written. */
    static boolean isDamage(IOException failed) {
        return failed instanceof EOFException || failed instanceof ZipException;
    }
}
