package org.emrelay.jobs.topics.posts;

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

/** Words and phrases from a file in the jar. Its sections begin with a {@code [name]}. */
final class WordLists {
    private final String file;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, List<String>> emoji = new LinkedHashMap<>();

    private WordLists(String file) {
        this.file = file;
    }

    static WordLists load(String file) {
        try (InputStream stream = WordLists.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            WordLists lists = new WordLists(file);
            lists.add(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
            return lists;
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + file + " from the jar failed", failed);
        }
    }

    private void add(List<String> lines) {
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("[")) {
                int end = line.indexOf(']');
                String name = line.substring(1, end);
                current = new ArrayList<>();
                sections.put(name, current);
                emoji.put(name, words(line.substring(end + 1), " "));
            } else if (!line.startsWith("#")) {
                current.addAll(words(line, ","));
            }
        }
    }

    private static List<String> words(String text, String separator) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(separator, -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return List.copyOf(words);
    }

    List<String> names() {
        return List.copyOf(sections.keySet());
    }

    List<String> words(String section) {
        List<String> words = sections.get(section);
        if (words == null) {
            throw new IllegalStateException(file + " has no section " + section);
        }
        return List.copyOf(words);
    }

    /** Returns the emoji that follow the name of a section. */
    List<String> emoji(String section) {
        return emoji.getOrDefault(section, List.of());
    }
}
