package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A local file to upload.
 *
 * @param target the object's URI
 */
record LocalFile(Path path, long size, S3Uri target) {
    private static final long MIN_PART_SIZE = 16L << 20;

    /** The S3 limit for one object. */
    private static final int MAX_PARTS = 10_000;

    private static final String ETAG_ALGORITHM = "MD5";

    LocalFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(target, "target");
    }

    /** The file, or all files below a directory. Follows symbolic links, because the copy must be self-contained. */
    static List<LocalFile> of(Path source, S3Uri target) throws IOException {
        if (!Files.isDirectory(source)) {
            if (!Files.exists(source)) {
                throw new NoSuchFileException(source.toString());
            }
            return List.of(new LocalFile(source, Files.size(source), target));
        }
        List<LocalFile> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : tree.filter(Files::isRegularFile).sorted().toList()) {
                String relativePath = source.relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/");
                files.add(new LocalFile(path, Files.size(path), target.resolve(relativePath)));
            }
        }
        return files;
    }

    /** The parts to upload; one part for a small or empty file. */
    List<FileSlice> slices() {
        long partSize = Math.max(MIN_PART_SIZE, (size + MAX_PARTS - 1) / MAX_PARTS);
        List<FileSlice> slices = new ArrayList<>();
        for (long offset = 0; offset < size; offset += partSize) {
            slices.add(new FileSlice(path, offset, Math.min(partSize, size - offset)));
        }
        return slices.isEmpty() ? List.of(new FileSlice(path, 0, 0)) : slices;
    }

    /**
     * Computes the ETag that S3 assigns to the uploaded file. It is the file's MD5, or the MD5 of the parts' MD5s. With
     * SSE-KMS, ETags are not MD5s and never match.
     */
    String etag() throws IOException {
        try {
            List<byte[]> digests =
                    slices().stream().map(slice -> slice.digest(ETAG_ALGORITHM)).toList();
            return digests.size() == 1
                    ? quoted(HexFormat.of().formatHex(digests.get(0)))
                    : quoted(
                            HexFormat.of().formatHex(FileSlice.digest(ETAG_ALGORITHM, digests)) + "-" + digests.size());
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private static String quoted(String tag) {
        return '"' + tag + '"';
    }
}
