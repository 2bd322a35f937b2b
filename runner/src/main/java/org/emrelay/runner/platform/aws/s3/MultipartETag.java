package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Computes the ETag that S3 assigns to a file uploaded in slices. It is the file's MD5, or the MD5 of the parts'
 * MD5s. With SSE-KMS, ETags are not MD5s and never match.
 */
final class MultipartETag {

    private MultipartETag() {}

    static String of(List<FileSlice> slices) throws IOException {
        if (slices.size() == 1) {
            return quoted(HexFormat.of().formatHex(digest(slices.get(0))));
        }
        MessageDigest ofParts = md5();
        for (FileSlice slice : slices) {
            ofParts.update(digest(slice));
        }
        return quoted(HexFormat.of().formatHex(ofParts.digest()) + "-" + slices.size());
    }

    private static String quoted(String tag) {
        return '"' + tag + '"';
    }

    private static byte[] digest(FileSlice slice) throws IOException {
        MessageDigest digest = md5();
        try (InputStream content = new DigestInputStream(slice.open(), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        return digest.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has MD5", exception);
        }
    }
}
