package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/**
 * The SHA-256 checksum that S3 stores with a file uploaded in {@link LocalFile#slices()}. S3 computes it itself and rejects an upload
 * whose checksum is wrong, so an object with this checksum has the file's content.
 *
 * @param parts the Base64 digests of the parts; S3 wants one with each
 * @param value the digest of the only part, or the composite checksum: the digest of the parts' digests and their number
 */
record FileChecksum(List<String> parts, String value) {
    private static final String ALGORITHM = "SHA-256";

    FileChecksum {
        parts = List.copyOf(parts);
    }

    /** Digests all parts in parallel. */
    static FileChecksum of(LocalFile file) throws IOException {
        try {
            List<byte[]> digests = file.slices().parallelStream()
                    .map(slice -> slice.digest(ALGORITHM))
                    .toList();
            List<String> parts = digests.stream().map(FileChecksum::base64).toList();
            return new FileChecksum(
                    parts,
                    parts.size() == 1
                            ? parts.get(0)
                            : base64(FileSlice.digest(ALGORITHM, digests)) + "-" + parts.size());
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
