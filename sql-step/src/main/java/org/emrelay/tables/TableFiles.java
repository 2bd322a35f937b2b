package org.emrelay.tables;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files behind an input URI.
 *
 * <p>The first non-empty file determines the format of all of them.
 */
final class TableFiles {
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 10;

    private final String flag;
    private final String uri;
    private final Configuration configuration;

    /**
     * The decompressed first bytes of a file.
     *
     * @param label flag and file name, for error messages
     * @param isWhole whether the file ends within these bytes
     * @param hadoopSettings what Hadoop needs to read files like this one
     */
    record Head(String label, ByteBuffer bytes, boolean isWhole, Map<String, String> hadoopSettings) {
        Head {
            hadoopSettings = Map.copyOf(hadoopSettings);
        }
    }

    TableFiles(String flag, String uri, Configuration configuration) {
        this.flag = flag;
        this.uri = uri;
        this.configuration = configuration;
    }

    void requireExists() {
        roots();
    }

    /** Returns the head of the first non-empty file; empty if all files are empty. */
    Optional<Head> head() {
        for (FileStatus root : roots()) {
            try {
                FileSystem fileSystem = root.getPath().getFileSystem(configuration);
                Optional<FileStatus> file = firstWithContent(fileSystem, root, MAX_DEPTH);
                if (file.isPresent()) {
                    return Optional.of(head(fileSystem, file.get()));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(flag + ": reading " + uri + " failed", failed);
            }
        }
        return Optional.empty();
    }

    private FileStatus[] roots() {
        try {
            Path path = new Path(uri);
            FileStatus @Nullable [] found = path.getFileSystem(configuration).globStatus(path);
            if (found == null || found.length == 0) {
                throw new UserFault(flag + ": " + uri + " does not exist.");
            }
            return found;
        } catch (UnsupportedFileSystemException | IllegalArgumentException invalid) {
            throw new UserFault(flag + ": " + uri + " cannot be opened (" + invalid.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": listing " + uri + " failed", failed);
        }
    }

    private static Optional<FileStatus> firstWithContent(FileSystem fileSystem, FileStatus status, int depth)
            throws IOException {
        if (status.isFile()) {
            return Optional.of(status).filter(file -> file.getLen() > 0);
        }
        if (depth == 0) {
            return Optional.empty();
        }
        FileStatus[] children = fileSystem.listStatus(status.getPath());
        Arrays.sort(children, Comparator.comparing(FileStatus::getPath));
        for (FileStatus child :
                Stream.of(children).filter(TableFiles::isVisible).toList()) {
            Optional<FileStatus> found = firstWithContent(fileSystem, child, depth - 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Applies Spark's rule: a leading dot or underscore marks metadata and temporary files. */
    private static boolean isVisible(FileStatus status) {
        String name = status.getPath().getName();
        return !name.startsWith(".") && (!name.startsWith("_") || name.contains("="));
    }

    private Head head(FileSystem fileSystem, FileStatus file) throws IOException {
        Path path = file.getPath();
        @Nullable CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
        try (InputStream stream = fileSystem.open(path)) {
            byte[] first = stream.readNBytes(2);
            InputStream content = new SequenceInputStream(new ByteArrayInputStream(first), stream);
            if (isGzip(first) && (codec == null || !codec.getDefaultExtension().equals(".gz"))) {
                return head(path, new GZIPInputStream(content), ForcedGzipCodec.settingsFor(path.getName()));
            }
            if (codec == null) {
                return head(path, content, Map.of());
            }
            if (!isGzip(first) && codec.getDefaultExtension().equals(".gz")) {
                throw new UserFault(label(path) + " has the extension .gz but is not gzip; rename it.");
            }
            return head(path, codec.createInputStream(content), Map.of());
        } catch (ZipException corrupt) {
            throw new UserFault(label(path) + " cannot be decompressed (" + corrupt.getMessage() + ").");
        } catch (EOFException truncated) {
            throw new UserFault(label(path) + " cannot be decompressed: it is incomplete.");
        }
    }

    private Head head(Path path, InputStream decompressed, Map<String, String> settings) throws IOException {
        byte[] bytes = decompressed.readNBytes(HEAD_BYTES);
        ByteBuffer head = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        return new Head(label(path), head, bytes.length < HEAD_BYTES, settings);
    }

    private String label(Path file) {
        return flag + ": " + (uri.endsWith(file.getName()) ? uri : file.getName() + " in " + uri);
    }

    private static boolean isGzip(byte[] first) {
        return first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
    }
}
