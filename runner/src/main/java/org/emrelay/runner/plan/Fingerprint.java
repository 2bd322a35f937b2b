package org.emrelay.runner.plan;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Everything a step's result depends on, as named components.
 *
 * <p>Two fingerprints can be compared and their differences reported.
 *
 * @param components by name, such as {@code args.max-words}; a secret is stored only as its hash
 */
public record Fingerprint(SortedMap<String, String> components) {
    private static final int DIGITS = 32;
    private static final Pattern SECRET = Pattern.compile("secret@[0-9a-f]{" + DIGITS + "}");

    public Fingerprint {
        components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }

    /** A short hash of all components. */
    public String value() {
        Sha256 digest = new Sha256();
        components.forEach((name, component) -> {
            add(digest, name);
            add(digest, component);
        });
        return digest.hex(DIGITS);
    }

    /** Why a result with the previous fingerprint cannot be reused: {@code args.max-words changed: 300 → 500}; empty if equal. */
    public String changesSince(Fingerprint previous) {
        SortedMap<String, String> names = new TreeMap<>(components);
        names.putAll(previous.components);
        StringBuilder changes = new StringBuilder();
        for (String name : names.keySet()) {
            String now = components.get(name);
            String before = previous.components.get(name);
            if (!Objects.equals(now, before)) {
                changes.append(changes.isEmpty() ? "" : ", ").append(change(name, before, now));
            }
        }
        return changes.toString();
    }

    private static String change(String name, @Nullable String before, @Nullable String now) {
        if (isSecret(before) || isSecret(now)) {
            return name + (before == null ? " added" : now == null ? " removed" : " changed");
        }
        if (before == null) {
            return name + " added: " + now;
        }
        return now == null ? name + " removed (was " + before + ")" : name + " changed: " + before + " → " + now;
    }

    /** A secret component must not be shown: a weak password can be guessed from its hash. */
    private static boolean isSecret(@Nullable String component) {
        return component != null && SECRET.matcher(component).find();
    }

    static String secret(String text) {
        return "secret@" + hash(text);
    }

    static String hash(String text) {
        Sha256 digest = new Sha256();
        add(digest, text);
        return digest.hex(DIGITS);
    }

    /** Prefixes the text with its length, so that no two lists of texts produce the same bytes. */
    private static void add(Sha256 digest, String text) {
        digest.add(text.getBytes(StandardCharsets.UTF_8).length + ":").add(text);
    }
}
