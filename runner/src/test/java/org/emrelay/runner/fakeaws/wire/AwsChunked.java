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

/** S3's own chunks inside a body, signed or not, with the checksum that trails them. */
final class AwsChunked {
    private AwsChunked() {}

    static boolean isUsedBy(Map<String, String> headers) {
        return headers.getOrDefault("content-encoding", "").contains("aws-chunked")
                || headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
    }

    /** Trailing headers are put among the others. */
    static byte[] decode(byte[] sent, Map<String, String> headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(sent.length);
        int at = 0;
        while (true) {
            int end = lineEnd(sent, at);
            String head = line(sent, at, end);
            int semicolon = head.indexOf(';');
            int size = Integer.parseInt(semicolon < 0 ? head : head.substring(0, semicolon), 16);
            at = end + 2;
            if (size == 0) {
                break;
            }
            body.write(sent, at, size);
            at += size + 2;
        }
        Map<String, String> trailers = trailers(sent, at);
        checkLength(body.size(), headers);
        trailers.forEach((name, value) -> check(name, value, body.toByteArray()));
        headers.putAll(trailers);
        return body.toByteArray();
    }

    private static Map<String, String> trailers(byte[] sent, int from) {
        Map<String, String> trailers = new LinkedHashMap<>();
        int at = from;
        while (at < sent.length) {
            int end = lineEnd(sent, at);
            String line = line(sent, at, end);
            at = end + 2;
            int colon = line.indexOf(':');
            if (colon > 0) {
                trailers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return trailers;
    }

    private static void checkLength(int length, Map<String, String> headers) {
        String said = headers.get("x-amz-decoded-content-length");
        if (said != null && Integer.parseInt(said) != length) {
            throw new AwsError(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
    }

    private static void check(String name, String value, byte[] body) {
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

    private static String line(byte[] sent, int from, int end) {
        return new String(sent, from, end - from, StandardCharsets.UTF_8);
    }

    private static int lineEnd(byte[] sent, int from) {
        for (int i = from; i + 1 < sent.length; i++) {
            if (sent[i] == '\r' && sent[i + 1] == '\n') {
                return i;
            }
        }
        return sent.length;
    }
}
