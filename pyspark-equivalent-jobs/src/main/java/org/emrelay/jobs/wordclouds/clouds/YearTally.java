package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Iterator;
import java.util.PriorityQueue;

/** Gathers the heaviest words of one year from wherever they are, never holding more than are kept. */
final class YearTally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final PriorityQueue<WeightedWord> heaviest;
    private double counted;
    private double shared;

    YearTally(int most) {
        this.most = most;
        this.heaviest = new PriorityQueue<>(new LightestFirst());
    }

    YearTally add(CountedWord word, boolean kept) {
        counted += word.count();
        shared += word.share();
        if (kept) {
            keep(new WeightedWord(word.text(), word.count()));
        }
        return this;
    }

    YearTally addAll(YearTally other) {
        counted += other.counted;
        shared += other.shared;
        for (Iterator<WeightedWord> words = other.heaviest.iterator(); words.hasNext(); ) {
            keep(words.next());
        }
        return this;
    }

    /** A table that says the words' shares may leave light words out: then the shares tell what the whole weighed. */
    YearWords of(int year) {
        double total = shared > 0 ? counted / shared : counted;
        return new YearWords(
                year,
                total,
                heaviest.stream().sorted(WeightedWord.HEAVIEST_FIRST).toList());
    }

    private void keep(WeightedWord word) {
        heaviest.add(word);
        if (heaviest.size() > most) {
            heaviest.remove();
        }
    }

    /** Serialisable, unlike what {@code Comparator}'s methods put together. */
    private static final class LightestFirst implements java.util.Comparator<WeightedWord>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(WeightedWord one, WeightedWord other) {
            return WeightedWord.HEAVIEST_FIRST.compare(other, one);
        }
    }
}
