package org.emrelay.lemmas;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The data of WordNet's database files that a lemma dictionary needs.
 *
 * @param exceptions the irregular forms with their base forms
 */
record WordNet(
        Map<PartOfSpeech, SortedMap<String, Usage>> lemmas,
        Map<PartOfSpeech, SortedMap<String, List<String>>> exceptions,
        String license) {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";

    WordNet {
        lemmas = Collections.unmodifiableMap(new EnumMap<>(lemmas));
        exceptions = Collections.unmodifiableMap(new EnumMap<>(exceptions));
    }

    static WordNet read() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (String line : lines("cntlist.rev")) {
            String[] fields = line.split(" ", -1);
            counts.merge(senseWithoutHead(fields[0]), Long.valueOf(fields[2]), Long::sum);
        }
        Map<PartOfSpeech, SortedMap<String, Usage>> lemmas = new EnumMap<>(PartOfSpeech.class);
        Map<PartOfSpeech, SortedMap<String, List<String>>> exceptions = new EnumMap<>(PartOfSpeech.class);
        for (PartOfSpeech part : PartOfSpeech.values()) {
            lemmas.put(part, usages(part, counts));
            exceptions.put(part, bases(part));
        }
        return new WordNet(lemmas, exceptions, licenseText());
    }

    Usage usage(PartOfSpeech part, String lemma) {
        return part(lemmas, part).getOrDefault(lemma, Usage.NONE);
    }

    SortedMap<String, Usage> lemmas(PartOfSpeech part) {
        return part(lemmas, part);
    }

    SortedMap<String, List<String>> exceptions(PartOfSpeech part) {
        return part(exceptions, part);
    }

    private static <T> T part(Map<PartOfSpeech, T> parts, PartOfSpeech part) {
        T found = parts.get(part);
        if (found == null) {
            throw new IllegalArgumentException("no data for " + part);
        }
        return found;
    }

    /**
     * Reads the lemmas of a data file. Its lines have the fields offset, lexicographer file, synset type, hexadecimal word count, and for
     * each word the word and its lex_id.
     */
    private static SortedMap<String, Usage> usages(PartOfSpeech part, Map<String, Long> counts) throws IOException {
        SortedMap<String, Usage> usages = new TreeMap<>();
        for (String line : lines("data." + part.file())) {
            if (line.startsWith(" ")) {
                continue;
            }
            String[] fields = line.substring(0, line.indexOf('|')).split(" ", -1);
            int words = Integer.parseInt(fields[3], 16);
            for (int word = 0; word < words; word++) {
                String written = withoutMarker(fields[4 + 2 * word]);
                String lemma = written.toLowerCase(Locale.ROOT);
                int number = Integer.parseInt(fields[5 + 2 * word], 16);
                String sense = "%s%%%s:%s:%02d".formatted(lemma, fields[2], fields[1], number);
                usages.merge(
                        lemma,
                        Usage.NONE.plus(counts.getOrDefault(sense, 0L), written.equals(lemma)),
                        (one, other) -> one.plus(other.count(), other.lowerCase()));
            }
        }
        return usages;
    }

    /** Converts a sense key such as {@code leave%2:38:01::} or {@code loud%5:00:00:clear:01} to a key that data files provide too. */
    private static String senseWithoutHead(String key) {
        int percent = key.indexOf('%');
        String[] numbers = key.substring(percent + 1).split(":", -1);
        char type = "nvars".charAt(Integer.parseInt(numbers[0]) - 1);
        return key.substring(0, percent) + "%" + type + ":" + numbers[1] + ":" + numbers[2];
    }

    /** Adjectives may have a syntactic marker for their position, as in {@code galore(ip)}. */
    private static String withoutMarker(String word) {
        int bracket = word.indexOf('(');
        return bracket > 0 ? word.substring(0, bracket) : word;
    }

    private static SortedMap<String, List<String>> bases(PartOfSpeech part) throws IOException {
        SortedMap<String, List<String>> bases = new TreeMap<>();
        for (String line : lines(part.file() + ".exc")) {
            List<String> words = List.of(line.split(" ", -1));
            bases.computeIfAbsent(words.get(0), form -> new ArrayList<>()).addAll(words.subList(1, words.size()));
        }
        return bases;
    }

    /** Every data file begins with the license, in numbered lines. */
    private static String licenseText() throws IOException {
        return lines("data.adv").stream()
                .takeWhile(line -> line.startsWith("  "))
                .map(line -> line.replaceFirst("^ +[0-9]+ ", "").stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> lines(String file) throws IOException {
        InputStream stream = WordNet.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new FileNotFoundException("WordNet's " + file + " is not on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
