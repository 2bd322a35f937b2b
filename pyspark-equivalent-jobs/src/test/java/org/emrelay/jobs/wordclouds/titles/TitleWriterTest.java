package org.emrelay.jobs.wordclouds.titles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class TitleWriterTest {
    private final TitleWriter writer = new TitleWriter();

    @Test
    void writesWellFormedTitles() {
        for (String title : titles(2007, 20_000)) {
            assertThat(title)
                    .doesNotContain("{", "}", "  ", " ,", " :")
                    .isEqualTo(title.strip())
                    .matches("[\\p{Lu}\\d(i3e].*")
                    .hasSizeBetween(3, 160);
        }
    }

    @Test
    void choosesTheMatchingArticle() {
        assertThat(titles(2003, 20_000))
                .noneMatch(title -> title.matches(".*\\b(A [AEIOaeio]|A Un[^i]|An [^AEIOUaeioH]|An Uni).*"))
                .anyMatch(title -> title.contains("An Unf"))
                .anyMatch(title -> title.contains("A Uni"));
    }

    @Test
    void usesTheThemesOfTheYear() {
        Map<String, List<Integer>> risingWords = Map.of(
                "internet", List.of(1998, 2013),
                "terrorism", List.of(2003, 1996),
                "sudoku", List.of(2006, 1999),
                "vampire", List.of(2009, 1997),
                "zombie", List.of(2013, 2003),
                "coloring", List.of(2015, 2008));
        risingWords.forEach((word, years) ->
                assertThat(uses(word, years.get(0))).as(word).isGreaterThan(10 * uses(word, years.get(1)) + 20));
    }

    @Test
    void keepsProducingNewWords() {
        Set<String> words = new HashSet<>();
        IntStream.rangeClosed(TitleWriter.FIRST_YEAR, TitleWriter.LAST_YEAR)
                .forEach(year ->
                        titles(year, 5_000).forEach(title -> words.addAll(Arrays.asList(title.split("\\P{L}+", -1)))));

        assertThat(words).hasSizeGreaterThan(50_000);
    }

    private long uses(String word, int year) {
        return titles(year, 10_000).stream()
                .flatMap(title -> Arrays.stream(title.toLowerCase(Locale.ROOT).split("\\P{L}+", -1)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .getOrDefault(word, 0L);
    }

    private List<String> titles(int year, int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> writer.write(year, new KeyedRandom(1, year, index)))
                .toList();
    }
}
