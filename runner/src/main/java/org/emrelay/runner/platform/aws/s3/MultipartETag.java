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
 * The ETag that S3 gives to a file that was sent in these slices: the MD5 of a whole, or the MD5 of the MD5s of its parts. Under a KMS key it gives
 * others, which then equal nothing.
 */
final class MultipartETag {

    private MultipartETag() {}

    static String of(List<FileSlice> slices) throws IOException {
        if (slices.size() == 1) {
            return quoted(HexFormat.of().formatHex(digest(slices.get(0))));
        }
        MessageDigest all = md5();
        for (FileSlice slice : slices) {
            all.update(digest(slice));
        }
        return quoted(HexFormat.of().formatHex(all.digest()) + "-" + slices.size());
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
