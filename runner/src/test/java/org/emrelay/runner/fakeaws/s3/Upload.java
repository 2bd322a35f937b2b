package org.emrelay.runner.fakeaws.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An upload in parts that was begun and neither completed nor aborted. */
final class Upload {
    final String id;
    final String key;
    final Instant initiated;
    final Map<String, String> headers;
    final NavigableMap<Integer, byte[]> parts = new TreeMap<>();

    Upload(String id, String key, Instant initiated, Map<String, String> headers) {
        this.id = id;
        this.key = key;
        this.initiated = initiated;
        this.headers = Map.copyOf(headers);
    }
}
