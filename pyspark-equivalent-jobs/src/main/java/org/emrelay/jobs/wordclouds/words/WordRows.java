package org.emrelay.jobs.wordclouds.words;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;

/** Turns a task's titles (year, title, weight) into words (year, word, weight), so many titles at a time that the annotators get many at once. */
final class WordRows implements Iterator<Row> {
    private static final int TITLES_AT_A_TIME = 4_096;
    private static final int CHARACTERS_AT_A_TIME = 1 << 20;

    private final Iterator<Row> titles;
    private final WordFinder finder;
    private final LongAccumulator titlesSeen;
    private final LongAccumulator wordsFound;

    private List<Row> batch = List.of();
    private List<List<String>> words = List.of();
    private int title;
    private int word;

    WordRows(Iterator<Row> titles, WordFinder finder, LongAccumulator titlesSeen, LongAccumulator wordsFound) {
        this.titles = titles;
        this.finder = finder;
        this.titlesSeen = titlesSeen;
        this.wordsFound = wordsFound;
    }

    @Override
    public boolean hasNext() {
        while (true) {
            while (title < batch.size()) {
                if (word < words.get(title).size()) {
                    return true;
                }
                title++;
                word = 0;
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
        Row row = batch.get(title);
        return RowFactory.create(row.get(0), words.get(title).get(word++), row.get(2));
    }

    private void nextBatch() {
        List<Row> rows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int characters = 0;
        while (titles.hasNext() && rows.size() < TITLES_AT_A_TIME && characters < CHARACTERS_AT_A_TIME) {
            Row row = titles.next();
            String text = row.getString(1);
            rows.add(row);
            texts.add(text);
            characters += text.length();
        }
        batch = rows;
        words = finder.words(texts);
        title = 0;
        word = 0;
        titlesSeen.add(rows.size());
        wordsFound.add(words.stream().mapToInt(List::size).sum());
    }
}
