package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds those keys that are fine in a bucket and that a directory cannot hold: they would lead out of it, or onto one another. */
final class KeyPathCheck {
    private static final int LONGEST_NAME = 255;
    private static final int MOST_SHOWN = 3;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char DELETE = 0x7f;

    private final Map<String, String> taken = new HashMap<>();
    private final List<String> refused = new ArrayList<>();

    void add(String path) {
        if (!isPlain(path) || !isFree(path)) {
            refused.add(path);
        }
    }

    /** Nothing is copied of what cannot be copied whole: a step that reads it would count wrong and say nothing. */
    void check(S3Uri place) throws IOException {
        if (!refused.isEmpty()) {
            List<String> shown =
                    refused.stream().limit(MOST_SHOWN).map(KeyPathCheck::shown).toList();
            String more = refused.size() > MOST_SHOWN ? " and " + (refused.size() - MOST_SHOWN) + " more" : "";
            throw new IOException(place + " cannot be copied to a directory, which has no room for the keys "
                    + String.join(", ", shown) + more
                    + ": they would lead out of it, or are no names of files, or differ from another's only by capitals."
                    + " Give the objects other names.");
        }
    }

    private static boolean isPlain(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                    || name.chars()
                            .anyMatch(letter -> letter == '\\' || letter == DELETE || letter < FIRST_PRINTABLE)) {
                return false;
            }
        }
        return isUnderstood(path);
    }

    private static boolean isUnderstood(String path) {
        try {
            return !Path.of(path).isAbsolute();
        } catch (InvalidPathException unusable) {
            return false;
        }
    }

    /** Many file systems take two names for one that differ by capitals, or by how an accent is written. */
    private boolean isFree(String path) {
        boolean free = true;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash + 1);
            free &= taken.computeIfAbsent(folded(folder), unused -> folder).equals(folder);
        }
        return free && taken.putIfAbsent(folded(path + "/"), path) == null;
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String shown(String path) {
        StringBuilder text = new StringBuilder("'");
        path.chars()
                .limit(LONGEST_NAME)
                .forEach(letter -> text.append(letter < FIRST_PRINTABLE || letter == DELETE ? '?' : (char) letter));
        return text.append('\'').toString();
    }
}
