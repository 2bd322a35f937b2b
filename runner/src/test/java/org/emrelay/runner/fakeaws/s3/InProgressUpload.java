package org.emrelay.runner.fakeaws.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A multipart upload that is neither completed nor aborted. */
final class InProgressUpload {
    final String id;
    final String key;
    final Instant initiatedAt;
    final Map<String, String> headers;
    /** Null if the client named none. */
    final @Nullable String checksumAlgorithm;

    final NavigableMap<Integer, byte[]> parts = new TreeMap<>();

    InProgressUpload(
            String id,
            String key,
            Instant initiatedAt,
            Map<String, String> headers,
            @Nullable String checksumAlgorithm) {
        this.id = id;
        this.key = key;
        this.initiatedAt = initiatedAt;
        this.headers = Map.copyOf(headers);
        this.checksumAlgorithm = checksumAlgorithm;
    }
}
