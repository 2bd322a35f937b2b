package org.emrelay.runner.fakeaws.s3;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** S3's own SHA-256 checksums: verified at upload, and stored only for uploads that send one. */
final class ObjectChecksum {
    static final String HEADER = "x-amz-checksum-sha256";
    private static final String ELEMENT = "ChecksumSHA256";

    private ObjectChecksum() {}

    /** The full-object checksum. */
    static String of(byte[] content) {
        return Base64.getEncoder().encodeToString(digest(content));
    }

    /** The composite checksum of a multipart upload: the digest of its parts' digests, followed by their number. */
    static String ofParts(List<byte[]> parts) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(digest(part)));
        return of(digests.toByteArray()) + "-" + parts.size();
    }

    static String typeOf(String checksum) {
        return checksum.contains("-") ? "COMPOSITE" : "FULL_OBJECT";
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    static void verify(Request request) {
        String sent = request.header(HEADER);
        if (sent != null && !sent.equals(of(request.body()))) {
            throw new AwsError(400, "BadDigest", "The SHA256 you specified did not match the calculated checksum.");
        }
    }

    /** All parts of an upload have the algorithm that the upload was created with. */
    static void verifyPart(InProgressUpload upload, Request request) {
        String sent = request.header(HEADER) == null ? null : "SHA256";
        if ("SHA256".equals(upload.checksumAlgorithm) != (sent != null)) {
            throw new AwsError(
                    400,
                    "InvalidRequest",
                    "Checksum Type mismatch occurred, expected checksum Type: " + lowerCase(upload.checksumAlgorithm)
                            + ", actual checksum Type: " + lowerCase(sent));
        }
        verify(request);
    }

    private static String lowerCase(@Nullable String algorithm) {
        return String.valueOf(algorithm).toLowerCase(Locale.ROOT);
    }

    /** @param completed the part as CompleteMultipartUpload names it */
    static void verifyCompletedPart(InProgressUpload upload, Tree completed, byte[] content) {
        if (!"SHA256".equals(upload.checksumAlgorithm)) {
            return;
        }
        String sent = completed.text(ELEMENT, "");
        if (sent.isEmpty()) {
            throw new AwsError(
                    400,
                    "InvalidRequest",
                    "The upload was created using a sha256 checksum. The complete request must include the checksum for"
                            + " each part. It was missing for part " + completed.text("PartNumber", "")
                            + " in the request.");
        } else if (!sent.equals(of(content))) {
            throw MultipartOperations.invalidPart();
        }
    }
}
