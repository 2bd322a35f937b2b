package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file of this machine that goes into the bucket.
 *
 * @param target the object that it becomes
 */
record LocalFile(Path file, long size, S3Uri target) {
    private static final long PART = 16L << 20;

    /** S3 takes no more in one object. */
    private static final int MOST_PARTS = 10_000;

    LocalFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(target, "target");
    }

    /** The file, or all files of the directory; what a link leads to, for the copy must stand by itself. */
    static List<LocalFile> of(Path source, S3Uri target) throws IOException {
        if (!Files.isDirectory(source)) {
            if (!Files.exists(source)) {
                throw new NoSuchFileException(source.toString());
            }
            return List.of(new LocalFile(source, Files.size(source), target));
        }
        List<LocalFile> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String below = source.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                files.add(new LocalFile(file, Files.size(file), target.below(below)));
            }
        }
        return files;
    }

    /** In what pieces it is sent: one for most files, and one for an empty one. */
    List<FileSlice> slices() {
        long part = Math.max(PART, (size + MOST_PARTS - 1) / MOST_PARTS);
        List<FileSlice> slices = new ArrayList<>();
        for (long from = 0; from < size; from += part) {
            slices.add(new FileSlice(file, from, Math.min(part, size - from)));
        }
        return slices.isEmpty() ? List.of(new FileSlice(file, 0, 0)) : slices;
    }
}
