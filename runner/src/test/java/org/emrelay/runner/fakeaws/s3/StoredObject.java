package org.emrelay.runner.fakeaws.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A version of an object, or a delete marker. */
public final class StoredObject {
    final String key;
    final String version;
    final Instant lastModified;
    final boolean deleteMarker;
    final byte[] content;
    /** The size that listings show. */
    final long size;

    final String etag;
    /** Content type, metadata and checksums as sent by the client. */
    final Map<String, String> headers;

    final boolean isKmsEncrypted;

    private StoredObject(
            String key,
            String version,
            Instant lastModified,
            boolean deleteMarker,
            byte[] content,
            long size,
            String etag,
            Map<String, String> headers,
            boolean isKmsEncrypted) {
        this.key = key;
        this.version = version;
        this.lastModified = lastModified;
        this.deleteMarker = deleteMarker;
        this.content = content;
        this.size = size;
        this.etag = etag;
        this.headers = new LinkedHashMap<>(headers);
        this.isKmsEncrypted = isKmsEncrypted;
    }

    static StoredObject of(
            String key, String version, Instant lastModified, byte[] content, Map<String, String> headers) {
        return new StoredObject(
                key, version, lastModified, false, content.clone(), content.length, md5(content), headers, false);
    }

    /** The ETag of a multipart upload is the MD5 of the MD5s of its parts, followed by their number. */
    static StoredObject ofParts(
            String key, String version, Instant lastModified, List<byte[]> parts, Map<String, String> headers) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
            digests.writeBytes(HexFormat.of().parseHex(md5(part)));
        }
        String etag = md5(digests.toByteArray()) + "-" + parts.size();
        return new StoredObject(
                key, version, lastModified, false, content.toByteArray(), content.size(), etag, headers, false);
    }

    /** The object as a bucket stores it. The ETag of an object that is encrypted with a KMS key is no MD5 of its content. */
    StoredObject in(Bucket bucket) {
        return bucket.isKmsEncrypted()
                ? new StoredObject(
                        key,
                        version,
                        lastModified,
                        deleteMarker,
                        content,
                        size,
                        md5((etag + key + lastModified).getBytes(StandardCharsets.UTF_8)),
                        headers,
                        true)
                : this;
    }

    /** An empty object that claims a size, for tests that only read the size. */
    static StoredObject ofSize(String key, String version, Instant lastModified, long size) {
        return new StoredObject(
                key, version, lastModified, false, new byte[0], size, md5(new byte[0]), Map.of(), false);
    }

    static StoredObject deleteMarker(String key, String version, Instant lastModified) {
        return new StoredObject(key, version, lastModified, true, new byte[0], 0, "", Map.of(), false);
    }

    static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    public String key() {
        return key;
    }

    public byte[] content() {
        return content.clone();
    }

    public Instant lastModified() {
        return lastModified;
    }

    /** Whether a condition names this object's ETag. S3A sends it without quotes. */
    boolean hasEtag(String condition) {
        return etag.equals(condition.replace("\"", ""));
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }
}
