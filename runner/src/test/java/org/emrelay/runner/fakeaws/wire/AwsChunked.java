package org.emrelay.runner.fakeaws.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Decodes S3's aws-chunked bodies, signed or unsigned, and verifies the trailing checksum. */
final class AwsChunked {
    private AwsChunked() {}

    static boolean isUsedBy(Map<String, String> headers) {
        return headers.getOrDefault("content-encoding", "").contains("aws-chunked")
                || headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
    }

    /** Adds the trailing headers to {@code headers}. */
    static byte[] decode(byte[] encoded, Map<String, String> headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(encoded.length);
        int position = 0;
        while (true) {
            int end = lineEnd(encoded, position);
            String head = line(encoded, position, end);
            int semicolon = head.indexOf(';');
            int size = Integer.parseInt(semicolon < 0 ? head : head.substring(0, semicolon), 16);
            position = end + 2;
            if (size == 0) {
                break;
            }
            body.write(encoded, position, size);
            position += size + 2;
        }
        Map<String, String> trailers = trailers(encoded, position);
        verifyLength(body.size(), headers);
        trailers.forEach((name, value) -> verifyChecksum(name, value, body.toByteArray()));
        headers.putAll(trailers);
        return body.toByteArray();
    }

    private static Map<String, String> trailers(byte[] encoded, int from) {
        Map<String, String> trailers = new LinkedHashMap<>();
        int position = from;
        while (position < encoded.length) {
            int end = lineEnd(encoded, position);
            String line = line(encoded, position, end);
            position = end + 2;
            int colon = line.indexOf(':');
            if (colon > 0) {
                trailers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return trailers;
    }

    private static void verifyLength(int length, Map<String, String> headers) {
        String declared = headers.get("x-amz-decoded-content-length");
        if (declared != null && Integer.parseInt(declared) != length) {
            throw new AwsError(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
    }

    private static void verifyChecksum(String name, String value, byte[] body) {
        Checksum checksum;
        if (name.equals("x-amz-checksum-crc32")) {
            checksum = new CRC32();
        } else if (name.equals("x-amz-checksum-crc32c")) {
            checksum = new CRC32C();
        } else {
            return;
        }
        checksum.update(body);
        if (!base64(checksum).equals(value)) {
            throw new AwsError(
                    400,
                    "BadDigest",
                    "The " + name.substring("x-amz-checksum-".length()).toUpperCase(Locale.ROOT)
                            + " you specified did not match the calculated checksum.");
        }
    }

    static String base64(Checksum checksum) {
        long value = checksum.getValue();
        byte[] bytes = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String line(byte[] encoded, int from, int end) {
        return new String(encoded, from, end - from, StandardCharsets.UTF_8);
    }

    private static int lineEnd(byte[] encoded, int from) {
        for (int i = from; i + 1 < encoded.length; i++) {
            if (encoded[i] == '\r' && encoded[i + 1] == '\n') {
                return i;
            }
        }
        return encoded.length;
    }
}
