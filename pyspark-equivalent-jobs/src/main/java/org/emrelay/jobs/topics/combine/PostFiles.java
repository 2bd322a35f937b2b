package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * The files with posts at a URI.
 *
 * @param source the URI; for a local directory its real path, because the runner passes a symbolic link whose name changes
 * @param files sorted by path
 */
record PostFiles(String source, List<PostFile> files) {
    private static final long SPLIT_BYTES = 32L * 1024 * 1024;
    /** The number of bytes that could be read in the time of opening a file. */
    private static final long OPEN_BYTES = 256L * 1024;

    PostFiles {
        files = List.copyOf(files);
    }

    static PostFiles list(String flag, String uri, Configuration configuration) {
        try {
            Path path = real(new Path(uri));
            FileSystem fileSystem = path.getFileSystem(configuration);
            FileStatus @Nullable [] roots = fileSystem.globStatus(path);
            if (roots == null || roots.length == 0) {
                throw new UserFault(flag + ": " + uri + " does not exist.");
            }
            List<PostFile> files = new ArrayList<>();
            for (FileStatus root : roots) {
                addFiles(fileSystem, root, files);
            }
            if (files.isEmpty()) {
                throw new UserFault(flag + ": " + uri + " contains no files.");
            }
            files.sort(Comparator.comparing(PostFile::path));
            return new PostFiles(fileSystem.makeQualified(path).toString(), files);
        } catch (UnsupportedFileSystemException | IllegalArgumentException invalid) {
            throw new UserFault(flag + ": " + uri + " cannot be opened (" + invalid.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": listing " + uri + " failed", failed);
        }
    }

    /** Resolves symbolic links, which Hadoop does not do for local files. */
    private static Path real(Path path) throws IOException {
        String scheme = path.toUri().getScheme();
        if (scheme == null ? path.isAbsolute() : scheme.equals("file")) {
            try {
                java.nio.file.Path local =
                        java.nio.file.Path.of(path.toUri().getPath()).toRealPath();
                return new Path("file", null, local.toString());
            } catch (java.nio.file.NoSuchFileException | InvalidPathException patternOrMissing) {
                return path;
            }
        }
        return path;
    }

    private static void addFiles(FileSystem fileSystem, FileStatus root, List<PostFile> files) throws IOException {
        if (root.isFile()) {
            files.add(file(root));
            return;
        }
        String prefix = root.getPath().toString();
        RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(root.getPath(), true);
        while (all.hasNext()) {
            FileStatus status = all.next();
            if (isVisible(status.getPath().toString().substring(prefix.length()))) {
                files.add(file(status));
            }
        }
    }

    /** Applies Spark's rule: a leading dot or underscore marks metadata and temporary files. */
    private static boolean isVisible(String path) {
        for (String name : path.split("/", -1)) {
            if (name.startsWith(".") || (name.startsWith("_") && !name.contains("="))) {
                return false;
            }
        }
        return true;
    }

    private static PostFile file(FileStatus status) {
        return new PostFile(
                status.getPath().toString(),
                status.getLen(),
                Instant.ofEpochMilli(status.getModificationTime()).toString());
    }

    /**
     * Distributes files among tasks: splits large files of JSON lines, and groups small files.
     *
     * @param isJson whether all files contain JSON lines, whatever their names are
     */
    static List<List<PostSplit>> partitions(List<PostFile> files, boolean isJson, int cores) {
        List<PostSplit> splits = new ArrayList<>();
        for (int index = 0; index < files.size(); index++) {
            PostFile file = files.get(index);
            boolean isDivisible =
                    isJson ? !file.path().toLowerCase(Locale.ROOT).endsWith(".gz") : PostFormat.isJsonName(file.path());
            long step = isDivisible ? SPLIT_BYTES : Long.MAX_VALUE;
            for (long start = 0;
                    start < file.bytes();
                    start = step > file.bytes() - start ? file.bytes() : start + step) {
                long end = step > file.bytes() - start ? Long.MAX_VALUE : start + step;
                splits.add(new PostSplit(index, file.path(), start, end));
            }
        }
        long total = files.stream().mapToLong(file -> file.bytes() + OPEN_BYTES).sum();
        long target = Math.min(SPLIT_BYTES, Math.max(OPEN_BYTES, total / (2L * cores)));
        List<List<PostSplit>> partitions = new ArrayList<>();
        List<PostSplit> current = new ArrayList<>();
        long size = 0;
        for (PostSplit split : splits) {
            long bytes =
                    OPEN_BYTES + Math.min(split.end(), files.get(split.file()).bytes()) - split.start();
            if (!current.isEmpty() && size + bytes > target) {
                partitions.add(current);
                current = new ArrayList<>();
                size = 0;
            }
            current.add(split);
            size += bytes;
        }
        if (!current.isEmpty()) {
            partitions.add(current);
        }
        return partitions;
    }
}
