package org.emrelay.jobs.wordclouds.titles;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * The reviews of a fictional book shop, each computed from its row number alone.
 *
 * <p>Any subset can therefore be generated anywhere and in any order with the same result.
 *
 * <p>A review is either the first one of a new book, or of the book of an earlier review chosen uniformly (Simon's
 * process). A few books thus get thousands of reviews and most get one.
 */
final class SampleReviews {
    static final StructType SCHEMA = new StructType()
            .add("marketplace", DataTypes.StringType)
            .add("review_id", DataTypes.StringType)
            .add("product_id", DataTypes.StringType)
            .add("product_title", DataTypes.StringType)
            .add("product_category", DataTypes.StringType)
            .add("star_rating", DataTypes.IntegerType)
            .add("helpful_votes", DataTypes.IntegerType)
            .add("total_votes", DataTypes.IntegerType)
            .add("year", DataTypes.IntegerType);

    private static final String CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWX";
    // The first rows are always new books; otherwise the very first book would get 1 % of all reviews.
    private static final long FIRST_BOOKS = 200;
    private static final int ROW_STREAM = 1;
    private static final int BOOK_STREAM = 2;
    private static final WeightedChoice<Integer> STARS = WeightedChoice.skewed(List.of(5, 4, 3, 1, 2));

    private final long seed;
    private final int repeats;
    private final TitleWriter titles = new TitleWriter();
    // The shop grows: it adds six times as many new books in its last year as in its first.
    private final WeightedChoice<Integer> years = WeightedChoice.weighted(
            IntStream.rangeClosed(TitleWriter.FIRST_YEAR, TitleWriter.LAST_YEAR)
                    .boxed()
                    .toList(),
            year -> 4 + year - TitleWriter.FIRST_YEAR);

    /** Creates a generator in which {@code repeats} percent of the reviews are of an already reviewed book. */
    SampleReviews(long seed, int repeats) {
        this.seed = seed;
        this.repeats = repeats;
    }

    Iterator<Row> of(Iterator<Long> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return review(rows.next());
            }
        };
    }

    Row review(long row) {
        KeyedRandom random = new KeyedRandom(seed, ROW_STREAM, row);
        long book = bookOf(row, random);
        KeyedRandom bookDice = new KeyedRandom(seed, BOOK_STREAM, book);
        int published = years.choose(bookDice);
        String productId = code("B", bookDice.nextLong(), 9);
        String title = titles.write(published, bookDice);
        int votes = votes(random);
        return RowFactory.create(
                "US",
                code("R", KeyedRandom.mix(row + 1), 13),
                productId,
                title,
                "Books",
                STARS.choose(random),
                votes == 0 ? 0 : random.nextBelow(votes + 1),
                votes,
                book == row ? published : reviewed(published, random));
    }

    private long bookOf(long row, KeyedRandom random) {
        long book = row;
        KeyedRandom rowDice = random;
        while (book >= FIRST_BOOKS && rowDice.nextBoolean(repeats)) {
            book = rowDice.nextBelow(book);
            rowDice = new KeyedRandom(seed, ROW_STREAM, book);
        }
        return book;
    }

    /** Returns the year of a later review; most fall in a book's first years. */
    private static int reviewed(int published, KeyedRandom random) {
        int later = Long.numberOfTrailingZeros(random.nextLong() | 1L << 10);
        return published + later % (TitleWriter.LAST_YEAR - published + 1);
    }

    /** Returns the number of votes: none for half of the reviews, thousands for a few. */
    private static int votes(KeyedRandom random) {
        int doublings = Long.numberOfTrailingZeros(random.nextLong() | 1L << 14);
        return random.nextBelow(1 << doublings);
    }

    /** Encodes the number in base 32; thirteen characters distinguish all longs. */
    private static String code(String prefix, long number, int length) {
        StringBuilder code = new StringBuilder(prefix);
        for (int index = 0; index < length; index++) {
            code.append(CODE_ALPHABET.charAt((int) (number >>> (5 * index)) & 31));
        }
        return code.toString();
    }
}
