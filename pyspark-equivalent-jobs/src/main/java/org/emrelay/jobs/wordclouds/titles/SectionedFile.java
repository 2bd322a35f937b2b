package org.emrelay.jobs.wordclouds.titles;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A vocabulary file in the jar, divided into sections by {@code [headings]}. */
record SectionedFile(String file, Map<String, List<String>> lines) {

    SectionedFile {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        lines.forEach((heading, below) -> copy.put(heading, List.copyOf(below)));
        lines = copy;
    }

    static SectionedFile load(String file) {
        try (InputStream stream = SectionedFile.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return parse(file, reader.lines().toList());
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + file + " from the jar failed", failed);
        }
    }

    static SectionedFile parse(String file, List<String> allLines) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : allLines) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                lines.put(line.strip(), current);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.add(line.strip());
            }
        }
        return new SectionedFile(file, lines);
    }

    List<String> below(String heading) {
        List<String> found = lines.get(heading);
        if (found == null) {
            throw new IllegalStateException(file + " has no section " + heading);
        }
        return found;
    }

    /** Returns the comma-separated words below a heading. */
    List<String> words(String heading) {
        return below(heading).stream()
                .flatMap(line -> words(line, ",").stream())
                .toList();
    }

    static List<String> words(String text, String separator) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(separator, -1)) {
            words.add(word.strip());
        }
        return List.copyOf(words);
    }
}
