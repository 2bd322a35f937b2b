package org.emrelay.jobs.wordclouds.titles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A theme of book titles: its vocabulary and its popularity by year. */
record Theme(
        String kind,
        Popularity popularity,
        WeightedChoice<String> subjects,
        WeightedChoice<Noun> nouns,
        WeightedChoice<String> adjectives,
        WeightedChoice<String> verbs) {

    Theme {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(popularity, "popularity");
        Objects.requireNonNull(subjects, "subjects");
        Objects.requireNonNull(nouns, "nouns");
        Objects.requireNonNull(adjectives, "adjectives");
        Objects.requireNonNull(verbs, "verbs");
    }

    /**
     * Parses a heading such as {@code [web] fact peak 1998 width 2.2 weight 11}; without peak and width popularity
     * is constant.
     */
    static Theme parse(String heading, List<String> lines) {
        String[] tokens = heading.substring(heading.indexOf(']') + 1).strip().split(" ", -1);
        Map<String, Double> numbers = new HashMap<>();
        for (int index = 1; index + 1 < tokens.length; index += 2) {
            numbers.put(tokens[index], Double.valueOf(tokens[index + 1]));
        }
        Map<String, List<String>> lists = new HashMap<>();
        for (String line : lines) {
            List<String> keyAndValues = SectionedFile.words(line, "=");
            lists.put(keyAndValues.get(0), SectionedFile.words(keyAndValues.get(1), ","));
        }
        return new Theme(
                tokens[0],
                new Popularity(
                        numbers.getOrDefault("weight", 1.0),
                        numbers.getOrDefault("peak", 0.0),
                        numbers.getOrDefault("width", Double.POSITIVE_INFINITY)),
                WeightedChoice.skewed(words(heading, lists, "subjects")),
                WeightedChoice.skewed(
                        words(heading, lists, "nouns").stream().map(Noun::parse).toList()),
                WeightedChoice.skewed(words(heading, lists, "adjectives")),
                WeightedChoice.skewed(words(heading, lists, "verbs")));
    }

    private static List<String> words(String heading, Map<String, List<String>> lists, String list) {
        List<String> words = lists.get(list);
        if (words == null) {
            throw new IllegalArgumentException(heading + " has no " + list);
        }
        return words;
    }

    /** A bell curve around the peak year; an infinite width makes it constant. */
    record Popularity(double weight, double peak, double width) {

        double in(int year) {
            double distance = (year - peak) / width;
            return weight * StrictMath.exp(-distance * distance / 2);
        }
    }
}
