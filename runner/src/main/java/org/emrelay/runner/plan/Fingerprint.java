package org.emrelay.runner.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a step's result depends on, ingredient by ingredient, so that two runs can be compared and the difference told.
 *
 * @param ingredients by name, such as {@code args.max-words}; a secret appears only as its hash
 */
public record Fingerprint(SortedMap<String, String> ingredients) {
    public Fingerprint {
        ingredients = Collections.unmodifiableSortedMap(new TreeMap<>(ingredients));
    }

    /** The whole as one short text: equal exactly when all ingredients are. */
    public String value() {
        MessageDigest digest = sha256();
        for (Map.Entry<String, String> ingredient : ingredients.entrySet()) {
            add(digest, ingredient.getKey());
            add(digest, ingredient.getValue());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Why a step with this fingerprint cannot use the result of one with that: {@code args.max-words changed: 300 → 500}; empty when equal. */
    public String difference(Fingerprint earlier) {
        SortedMap<String, String> names = new TreeMap<>(ingredients);
        names.putAll(earlier.ingredients);
        StringBuilder difference = new StringBuilder();
        for (String name : names.keySet()) {
            String now = ingredients.get(name);
            String before = earlier.ingredients.get(name);
            if (!Objects.equals(now, before)) {
                difference.append(difference.isEmpty() ? "" : ", ").append(change(name, before, now));
            }
        }
        return difference.toString();
    }

    private static String change(String name, @Nullable String before, @Nullable String now) {
        if (before == null) {
            return name + " is new: " + now;
        }
        return now == null ? name + " is gone (was " + before + ")" : name + " changed: " + before + " → " + now;
    }

    static String hash(String text) {
        MessageDigest digest = sha256();
        add(digest, text);
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Each text with its length before it, so that no two lists of texts are fed as the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
