package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the page knows of the years, as JSON: every word that some picture shows, how often it stood where, and its place in the pictures. */
record PageData(List<DrawnYear> years, PictureSize size, Palette palette, Duration delay) {
    private static final int MOST_CHANGED = 8;
    private static final MathContext DIGITS = new MathContext(4);

    PageData {
        years = List.copyOf(years);
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(palette, "palette");
        Objects.requireNonNull(delay, "delay");
    }

    void writeTo(Writer writer) throws IOException {
        Map<String, Integer> numbers = numbers();
        writer.write("{\"width\":" + size.width() + ",\"height\":" + size.height());
        writer.write(",\"background\":\"" + palette.background().hexadecimal() + "\"");
        writer.write(",\"lightPaper\":" + palette.isLight() + ",\"delay\":" + delay.toMillis());
        writer.write(",\"words\":[");
        for (String word : numbers.keySet()) {
            writer.write((numbers.get(word) == 0 ? "" : ",") + Json.quoted(Label.of(word)));
        }
        TrendingWords changed = TrendingWords.of(
                years.stream()
                        .map(DrawnYear::words)
                        .map(year -> shown(year, numbers))
                        .toList(),
                MOST_CHANGED);
        writer.write("],\"rose\":" + numbersOf(changed.rose(), numbers));
        writer.write(",\"fell\":" + numbersOf(changed.fell(), numbers));
        writer.write(",\"years\":[");
        for (DrawnYear year : years) {
            writer.write(year.equals(years.get(0)) ? "\n" : ",\n");
            write(year, numbers, writer);
        }
        writer.write("]}");
    }

    /** In the order in which the pictures show them, which puts the small numbers where the most words are. */
    private Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (DrawnYear year : years) {
            year.placements().forEach(placement -> numbers.putIfAbsent(placement.word(), numbers.size()));
        }
        return numbers;
    }

    private static YearWords shown(YearWords year, Map<String, Integer> numbers) {
        return new YearWords(
                year.year(),
                year.total(),
                year.words().stream()
                        .filter(word -> numbers.containsKey(word.text()))
                        .toList());
    }

    private static void write(DrawnYear year, Map<String, Integer> numbers, Writer writer) throws IOException {
        Map<String, Placement> placed = new HashMap<>();
        year.placements().forEach(placement -> placed.put(placement.word(), placement));
        writer.write("{\"label\":" + Json.quoted(year.label()) + ",\"total\":"
                + number(year.words().total()));
        writer.write(",\"words\":[");
        boolean first = true;
        for (WeightedWord word : year.words().words()) {
            Integer number = numbers.get(word.text());
            if (number != null) {
                writer.write((first ? "[" : ",[") + number + "," + number(word.count()));
                Placement box = placed.get(word.text());
                writer.write(
                        box == null
                                ? "]"
                                : "," + box.x() + "," + box.y() + "," + box.width() + "," + box.height() + "]");
                first = false;
            }
        }
        writer.write("]}");
    }

    private static List<Integer> numbersOf(List<String> words, Map<String, Integer> numbers) {
        return words.stream()
                .map(word -> Objects.requireNonNull(numbers.get(word), word))
                .toList();
    }

    /** Counts as they are; what was weighed in parts, to as many digits as a reader cares for. */
    private static String number(double value) {
        return value == Math.rint(value) && value < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(value).round(DIGITS).toString();
    }
}
