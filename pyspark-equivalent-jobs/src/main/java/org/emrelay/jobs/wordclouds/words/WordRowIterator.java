package org.emrelay.jobs.wordclouds.words;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;

/**
 * Converts the (year, title, weight) rows of a task to (year, word, weight) rows.
 *
 * <p>Titles are processed in batches, because annotators are faster on many texts at once.
 */
final class WordRowIterator implements Iterator<Row> {
    private static final int TITLES_PER_BATCH = 4_096;
    private static final int CHARACTERS_PER_BATCH = 1 << 20;

    private final Iterator<Row> titles;
    private final WordFinder finder;
    private final LongAccumulator titlesSeen;
    private final LongAccumulator wordsFound;

    private List<Row> batch = List.of();
    private List<List<String>> words = List.of();
    private int titleIndex;
    private int wordIndex;

    WordRowIterator(Iterator<Row> titles, WordFinder finder, LongAccumulator titlesSeen, LongAccumulator wordsFound) {
        this.titles = titles;
        this.finder = finder;
        this.titlesSeen = titlesSeen;
        this.wordsFound = wordsFound;
    }

    @Override
    public boolean hasNext() {
        while (true) {
            while (titleIndex < batch.size()) {
                if (wordIndex < words.get(titleIndex).size()) {
                    return true;
                }
                titleIndex++;
                wordIndex = 0;
            }
            if (!titles.hasNext()) {
                return false;
            }
            nextBatch();
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = batch.get(titleIndex);
        return RowFactory.create(row.get(0), words.get(titleIndex).get(wordIndex++), row.get(2));
    }

    private void nextBatch() {
        List<Row> rows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int characters = 0;
        while (titles.hasNext() && rows.size() < TITLES_PER_BATCH && characters < CHARACTERS_PER_BATCH) {
            Row row = titles.next();
            String text = row.getString(1);
            rows.add(row);
            texts.add(text);
            characters += text.length();
        }
        batch = rows;
        words = finder.words(texts);
        titleIndex = 0;
        wordIndex = 0;
        titlesSeen.add(rows.size());
        wordsFound.add(words.stream().mapToInt(List::size).sum());
    }
}
