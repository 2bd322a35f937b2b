package org.emrelay.jobs;

import java.io.ByteArrayInputStream;
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

/** The files that a URI stands for, of which the first with anything in it shows what they all hold. */
final class TableFiles {
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int DEEPEST_FOLDER = 10;

    private final String flag;
    private final String uri;
    private final Configuration configuration;

    /**
     * How a file begins, unpacked.
     *
     * @param place flag and file, for people
     * @param settings what Hadoop needs to read files such as this one
     */
    record Head(String place, ByteBuffer bytes, boolean whole, Map<String, String> settings) {
        Head {
            settings = Map.copyOf(settings);
        }
    }

    TableFiles(String flag, String uri, Configuration configuration) {
        this.flag = flag;
        this.uri = uri;
        this.configuration = configuration;
    }

    void requireSomething() {
        roots();
    }

    /** Empty when there are files but nothing in them. */
    Optional<Head> head() {
        for (FileStatus root : roots()) {
            try {
                FileSystem fileSystem = root.getPath().getFileSystem(configuration);
                Optional<FileStatus> file = firstWithContent(fileSystem, root, DEEPEST_FOLDER);
                if (file.isPresent()) {
                    return Optional.of(head(fileSystem, file.get()));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(flag + ": looking into " + uri + " failed", failed);
            }
        }
        return Optional.empty();
    }

    private FileStatus[] roots() {
        try {
            Path path = new Path(uri);
            FileStatus @Nullable [] found = path.getFileSystem(configuration).globStatus(path);
            if (found == null || found.length == 0) {
                throw new UserFault(flag + ": there is nothing at " + uri + ".");
            }
            return found;
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault(flag + ": " + uri + " cannot be opened (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": looking for " + uri + " failed", failed);
        }
    }

    private static Optional<FileStatus> firstWithContent(FileSystem fileSystem, FileStatus status, int deeper)
            throws IOException {
        if (status.isFile()) {
            return Optional.of(status).filter(file -> file.getLen() > 0);
        }
        if (deeper == 0) {
            return Optional.empty();
        }
        FileStatus[] below = fileSystem.listStatus(status.getPath());
        Arrays.sort(below, Comparator.comparing(FileStatus::getPath));
        for (FileStatus child : Stream.of(below).filter(TableFiles::isRead).toList()) {
            Optional<FileStatus> found = firstWithContent(fileSystem, child, deeper - 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Spark's rule: other names are markers and what was left half written. */
    private static boolean isRead(FileStatus status) {
        String name = status.getPath().getName();
        return !name.startsWith(".") && (!name.startsWith("_") || name.contains("="));
    }

    private Head head(FileSystem fileSystem, FileStatus file) throws IOException {
        Path path = file.getPath();
        @Nullable CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
        try (InputStream stream = fileSystem.open(path)) {
            byte[] first = stream.readNBytes(2);
            InputStream again = new SequenceInputStream(new ByteArrayInputStream(first), stream);
            if (isGzip(first) && (codec == null || !codec.getDefaultExtension().equals(".gz"))) {
                return head(path, new GZIPInputStream(again), ForcedGzipCodec.settings(path.getName()));
            }
            if (codec == null) {
                return head(path, again, Map.of());
            }
            if (!isGzip(first) && codec.getDefaultExtension().equals(".gz")) {
                throw new UserFault(place(path) + " is called .gz but is not gzip; give it its right name.");
            }
            return head(path, codec.createInputStream(again), Map.of());
        } catch (ZipException damaged) {
            throw new UserFault(place(path) + " cannot be unpacked (" + damaged.getMessage() + ").");
        }
    }

    private Head head(Path path, InputStream unpacked, Map<String, String> settings) throws IOException {
        byte[] bytes = unpacked.readNBytes(HEAD_BYTES);
        ByteBuffer shown = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        return new Head(place(path), shown, bytes.length < HEAD_BYTES, settings);
    }

    private String place(Path file) {
        return flag + ": " + (uri.endsWith(file.getName()) ? uri : file.getName() + " in " + uri);
    }

    private static boolean isGzip(byte[] first) {
        return first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
    }
}
