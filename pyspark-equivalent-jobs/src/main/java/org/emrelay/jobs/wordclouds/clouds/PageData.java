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
import org.emrelay.pages.HtmlSafeJson;

/** The data of the page as JSON: each drawn word with its counts and placements by year. */
record PageData(List<RenderedYear> years, ImageSize size, Palette palette, Duration delay) {
    private static final int MAX_TRENDING = 8;
    private static final MathContext PRECISION = new MathContext(4);

    PageData {
        years = List.copyOf(years);
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(palette, "palette");
        Objects.requireNonNull(delay, "delay");
    }

    void writeTo(Writer writer) throws IOException {
        Map<String, Integer> indexByWord = indexByWord();
        writer.write("{\"width\":" + size.width() + ",\"height\":" + size.height());
        writer.write(",\"background\":\"" + palette.background().toHex() + "\"");
        writer.write(",\"lightPaper\":" + palette.isLight() + ",\"delay\":" + delay.toMillis());
        writer.write(",\"words\":[");
        for (String word : indexByWord.keySet()) {
            writer.write((indexByWord.get(word) == 0 ? "" : ",") + HtmlSafeJson.quoted(WordLabel.of(word)));
        }
        TrendingWords trending = TrendingWords.of(
                years.stream()
                        .map(RenderedYear::words)
                        .map(year -> drawnWordsOnly(year, indexByWord))
                        .toList(),
                MAX_TRENDING);
        writer.write("],\"rose\":" + indexesOf(trending.rose(), indexByWord));
        writer.write(",\"fell\":" + indexesOf(trending.fell(), indexByWord));
        writer.write(",\"years\":[");
        for (RenderedYear year : years) {
            writer.write(year.equals(years.get(0)) ? "\n" : ",\n");
            write(year, indexByWord, writer);
        }
        writer.write("]}");
    }

    /** Numbers the words in drawing order, so the most frequent ones get the shortest numbers. */
    private Map<String, Integer> indexByWord() {
        Map<String, Integer> indexByWord = new LinkedHashMap<>();
        for (RenderedYear year : years) {
            year.placements().forEach(placement -> indexByWord.putIfAbsent(placement.word(), indexByWord.size()));
        }
        return indexByWord;
    }

    private static YearWords drawnWordsOnly(YearWords year, Map<String, Integer> indexByWord) {
        return new YearWords(
                year.year(),
                year.total(),
                year.words().stream()
                        .filter(word -> indexByWord.containsKey(word.text()))
                        .toList());
    }

    private static void write(RenderedYear year, Map<String, Integer> indexByWord, Writer writer) throws IOException {
        Map<String, Placement> placementByWord = new HashMap<>();
        year.placements().forEach(placement -> placementByWord.put(placement.word(), placement));
        writer.write("{\"label\":" + HtmlSafeJson.quoted(year.label()) + ",\"total\":"
                + formatCount(year.words().total()));
        writer.write(",\"words\":[");
        boolean isFirst = true;
        for (WeightedWord word : year.words().words()) {
            Integer index = indexByWord.get(word.text());
            if (index != null) {
                writer.write((isFirst ? "[" : ",[") + index + "," + formatCount(word.count()));
                Placement placement = placementByWord.get(word.text());
                writer.write(
                        placement == null
                                ? "]"
                                : "," + placement.x() + "," + placement.y() + "," + placement.width() + ","
                                        + placement.height() + "]");
                isFirst = false;
            }
        }
        writer.write("]}");
    }

    private static List<Integer> indexesOf(List<String> words, Map<String, Integer> indexByWord) {
        return words.stream()
                .map(word -> Objects.requireNonNull(indexByWord.get(word), word))
                .toList();
    }

    /** Writes integral counts exactly and fractional weights with four significant digits. */
    private static String formatCount(double value) {
        return value == Math.rint(value) && value < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(value).round(PRECISION).toString();
    }
}
