package org.emrelay.jobs.wordclouds.titles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a part of the books of a time is about: its words, and how much is written about it in each year. */
record Theme(
        String kind,
        Popularity popularity,
        Odds<String> subjects,
        Odds<Noun> nouns,
        Odds<String> adjectives,
        Odds<String> verbs) {

    Theme {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(popularity, "popularity");
        Objects.requireNonNull(subjects, "subjects");
        Objects.requireNonNull(nouns, "nouns");
        Objects.requireNonNull(adjectives, "adjectives");
        Objects.requireNonNull(verbs, "verbs");
    }

    /** A heading is {@code [web] fact peak 1998 width 2.2 weight 11}; without peak and width the theme is always there. */
    static Theme parse(String heading, List<String> lines) {
        String[] words = heading.substring(heading.indexOf(']') + 1).strip().split(" ", -1);
        Map<String, Double> numbers = new HashMap<>();
        for (int index = 1; index + 1 < words.length; index += 2) {
            numbers.put(words[index], Double.valueOf(words[index + 1]));
        }
        Map<String, List<String>> lists = new HashMap<>();
        for (String line : lines) {
            List<String> sides = Sections.words(line, "=");
            lists.put(sides.get(0), Sections.words(sides.get(1), ","));
        }
        return new Theme(
                words[0],
                new Popularity(
                        numbers.getOrDefault("weight", 1.0),
                        numbers.getOrDefault("peak", 0.0),
                        numbers.getOrDefault("width", Double.POSITIVE_INFINITY)),
                Odds.steep(words(heading, lists, "subjects")),
                Odds.steep(
                        words(heading, lists, "nouns").stream().map(Noun::parse).toList()),
                Odds.steep(words(heading, lists, "adjectives")),
                Odds.steep(words(heading, lists, "verbs")));
    }

    private static List<String> words(String heading, Map<String, List<String>> lists, String list) {
        List<String> words = lists.get(list);
        if (words == null) {
            throw new IllegalArgumentException(heading + " has no " + list);
        }
        return words;
    }

    /** A bell around the year in which most is written; an endless width makes it flat. */
    record Popularity(double weight, double peak, double width) {

        double in(int year) {
            double distance = (year - peak) / width;
            return weight * StrictMath.exp(-distance * distance / 2);
        }
    }
}
