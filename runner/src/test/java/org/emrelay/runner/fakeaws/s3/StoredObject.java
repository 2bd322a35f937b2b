package org.emrelay.runner.fakeaws.s3;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One version of an object, or the marker that it was deleted. */
public final class StoredObject {
    final String key;
    final String version;
    final Instant modified;
    final boolean deleteMarker;
    final byte[] content;
    /** As a listing shows it. */
    final long size;

    final String etag;
    /** Content type, metadata and checksums, as they were sent. */
    final Map<String, String> headers;

    private StoredObject(
            String key,
            String version,
            Instant modified,
            boolean deleteMarker,
            byte[] content,
            long size,
            String etag,
            Map<String, String> headers) {
        this.key = key;
        this.version = version;
        this.modified = modified;
        this.deleteMarker = deleteMarker;
        this.content = content;
        this.size = size;
        this.etag = etag;
        this.headers = new LinkedHashMap<>(headers);
    }

    static StoredObject of(String key, String version, Instant modified, byte[] content, Map<String, String> headers) {
        return new StoredObject(key, version, modified, false, content.clone(), content.length, md5(content), headers);
    }

    /** S3's tag of what came in parts is the MD5 of the parts' MD5s, with their number. */
    static StoredObject ofParts(
            String key, String version, Instant modified, List<byte[]> parts, Map<String, String> headers) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
            digests.writeBytes(HexFormat.of().parseHex(md5(part)));
        }
        String etag = md5(digests.toByteArray()) + "-" + parts.size();
        return new StoredObject(key, version, modified, false, content.toByteArray(), content.size(), etag, headers);
    }

    /** As large as somebody says, for who only asks how large it is. */
    static StoredObject hollow(String key, String version, Instant modified, long size) {
        return new StoredObject(key, version, modified, false, new byte[0], size, md5(new byte[0]), Map.of());
    }

    static StoredObject marker(String key, String version, Instant modified) {
        return new StoredObject(key, version, modified, true, new byte[0], 0, "", Map.of());
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

    public Instant modified() {
        return modified;
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }
}
