package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Iterator;
import java.util.PriorityQueue;

/** Aggregates the most frequent words of a year in bounded memory. */
final class TopWordsAggregator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int maxWords;
    private final PriorityQueue<WeightedWord> heaviest;
    private double countSum;
    private double shareSum;

    TopWordsAggregator(int maxWords) {
        this.maxWords = maxWords;
        this.heaviest = new PriorityQueue<>(new LightestFirst());
    }

    TopWordsAggregator add(CountedWord word, boolean isKept) {
        countSum += word.count();
        shareSum += word.share();
        if (isKept) {
            keep(new WeightedWord(word.text(), word.count()));
        }
        return this;
    }

    TopWordsAggregator merge(TopWordsAggregator other) {
        countSum += other.countSum;
        shareSum += other.shareSum;
        for (Iterator<WeightedWord> words = other.heaviest.iterator(); words.hasNext(); ) {
            keep(words.next());
        }
        return this;
    }

    /**
     * Returns the result. If the table has shares, rare words may be missing from it, so the total follows from the
     * shares.
     */
    YearWords result(int year) {
        double total = shareSum > 0 ? countSum / shareSum : countSum;
        return new YearWords(
                year,
                total,
                heaviest.stream().sorted(WeightedWord.HEAVIEST_FIRST).toList());
    }

    private void keep(WeightedWord word) {
        heaviest.add(word);
        if (heaviest.size() > maxWords) {
            heaviest.remove();
        }
    }

    /** Serializable, unlike the comparators that {@code Comparator} methods return. */
    private static final class LightestFirst implements java.util.Comparator<WeightedWord>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(WeightedWord one, WeightedWord other) {
            return WeightedWord.HEAVIEST_FIRST.compare(other, one);
        }
    }
}
