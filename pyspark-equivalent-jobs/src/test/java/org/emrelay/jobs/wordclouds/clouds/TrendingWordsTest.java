package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendingWordsTest {

    @Test
    void findsWordsWhoseShareGrewOrShrank() {
        TrendingWords trending = TrendingWords.of(
                List.of(
                        year(1, 1_000, word("radio", 90), word("love", 100), word("phone", 10)),
                        year(2, 1_000, word("radio", 50), word("love", 100), word("phone", 50)),
                        year(3, 1_000, word("radio", 10), word("love", 100), word("phone", 90))),
                5);

        assertThat(trending.rose()).containsExactly("phone");
        assertThat(trending.fell()).containsExactly("radio");
    }

    @Test
    void ignoresGrowthInTheNumberOfTitles() {
        TrendingWords trending = TrendingWords.of(
                List.of(
                        year(1, 1_000, word("radio", 100), word("love", 100)),
                        year(2, 5_000, word("radio", 100), word("love", 500))),
                5);

        assertThat(trending.rose()).isEmpty();
        assertThat(trending.fell()).containsExactly("radio");
    }

    @Test
    void prefersFrequentWordsOverNewRareOnes() {
        TrendingWords trending = TrendingWords.of(
                List.of(year(1, 10_000, word("phone", 100)), year(2, 10_000, word("phone", 400), word("zyx", 3))), 1);

        assertThat(trending.rose()).containsExactly("phone");
    }

    @Test
    void weighsYearsByTheirNumberOfTitles() {
        TrendingWords trending = TrendingWords.of(
                List.of(
                        year(-750, 2, word("iliad", 1)),
                        year(1990, 1_000, word("radio", 50)),
                        year(2000, 1_000, word("phone", 50)),
                        year(2010, 1_000, word("phone", 50))),
                1);

        assertThat(trending.fell()).containsExactly("radio");
    }

    @Test
    void findsNothingInASingleYear() {
        TrendingWords trending = TrendingWords.of(List.of(year(1, 10, word("moon", 5))), 5);

        assertThat(trending).isEqualTo(new TrendingWords(List.of(), List.of()));
    }

    private static YearWords year(int year, double total, WeightedWord... words) {
        return new YearWords(year, total, List.of(words));
    }

    private static WeightedWord word(String text, double count) {
        return new WeightedWord(text, count);
    }
}
