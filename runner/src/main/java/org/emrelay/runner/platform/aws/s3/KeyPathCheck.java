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

/** Rejects S3 keys that are not valid file paths, because they escape the directory or collide. */
final class KeyPathCheck {
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_LISTED = 3;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char DELETE = 0x7f;

    private final Map<String, String> seen = new HashMap<>();
    private final List<String> invalid = new ArrayList<>();

    void add(String path) {
        if (!isValid(path) || !isUnique(path)) {
            invalid.add(path);
        }
    }

    /** Fails if any key is invalid. An incomplete copy would make a step silently compute wrong results. */
    void requireValid(S3Uri uri) throws IOException {
        if (!invalid.isEmpty()) {
            List<String> listed =
                    invalid.stream().limit(MAX_LISTED).map(KeyPathCheck::quote).toList();
            String more = invalid.size() > MAX_LISTED ? " and " + (invalid.size() - MAX_LISTED) + " more" : "";
            throw new IOException(uri + " cannot be copied to a directory because of the keys "
                    + String.join(", ", listed) + more
                    + ": they escape the directory, are not valid file names, or differ from another key only in case."
                    + " Rename the objects.");
        }
    }

    private static boolean isValid(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
                    || name.chars()
                            .anyMatch(character ->
                                    character == '\\' || character == DELETE || character < FIRST_PRINTABLE)) {
                return false;
            }
        }
        return isRelative(path);
    }

    private static boolean isRelative(String path) {
        try {
            return !Path.of(path).isAbsolute();
        } catch (InvalidPathException exception) {
            return false;
        }
    }

    /** Many file systems treat names as equal that differ only in case or Unicode normalization. */
    private boolean isUnique(String path) {
        boolean unique = true;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash + 1);
            unique &= seen.computeIfAbsent(normalize(folder), key -> folder).equals(folder);
        }
        return unique && seen.putIfAbsent(normalize(path + "/"), path) == null;
    }

    private static String normalize(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String quote(String path) {
        StringBuilder text = new StringBuilder("'");
        path.chars()
                .limit(MAX_NAME_BYTES)
                .forEach(character ->
                        text.append(character < FIRST_PRINTABLE || character == DELETE ? '?' : (char) character));
        return text.append('\'').toString();
    }
}
