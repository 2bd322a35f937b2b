package org.emrelay.runner.stream.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The keys of the last posts, in bounded memory, to detect repeated posts. */
final class RecentKeys {
    private final int limit;
    private final Set<Long> hashes = new LinkedHashSet<>();

    RecentKeys(int limit) {
        this.limit = limit;
    }

    /** Adds a key; false if it is already known. */
    boolean add(String key) {
        if (!hashes.add(hash(key))) {
            return false;
        }
        if (hashes.size() > limit) {
            Iterator<Long> oldest = hashes.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** 64 bits of SHA-256: one new post in 10^14 is mistaken for a known one. */
    private static long hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
