package org.emrelay.jobs.wordclouds.titles;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.random.Dice;

/**
 * The reviews of an imaginary book shop, each computed from its row number alone: any part of them can be made anywhere,
 * in any order, and is always the same.
 *
 * <p>A review is either the first of a new book, or of the book of some earlier review, any of which is as likely
 * (Simon's process): that is how a few books come to have thousands of reviews and most have one.
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

    private static final String CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWX";
    // All the first rows are of new books: else the very first book would take a hundredth of all reviews.
    private static final long FIRST_BOOKS = 200;
    private static final int ROWS = 1;
    private static final int BOOKS = 2;
    private static final Odds<Integer> STARS = Odds.steep(List.of(5, 4, 3, 1, 2));

    private final long seed;
    private final int repeats;
    private final TitleWriter titles = new TitleWriter();
    // The shop grows: six times as many new books in its last year as in its first.
    private final Odds<Integer> years = Odds.weighted(
            IntStream.rangeClosed(TitleWriter.FIRST_YEAR, TitleWriter.LAST_YEAR)
                    .boxed()
                    .toList(),
            year -> 4 + year - TitleWriter.FIRST_YEAR);

    /** {@code repeats} is how many of a hundred reviews are of a book that was reviewed before. */
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
        Dice dice = new Dice(seed, ROWS, row);
        long book = bookOf(row, dice);
        Dice pages = new Dice(seed, BOOKS, book);
        int published = years.choose(pages);
        String productId = code("B", pages.next(), 9);
        String title = titles.write(published, pages);
        int votes = votes(dice);
        return RowFactory.create(
                "US",
                code("R", Dice.mix(row + 1), 13),
                productId,
                title,
                "Books",
                STARS.choose(dice),
                votes == 0 ? 0 : dice.below(votes + 1),
                votes,
                book == row ? published : reviewed(published, dice));
    }

    private long bookOf(long row, Dice dice) {
        long book = row;
        Dice here = dice;
        while (book >= FIRST_BOOKS && here.percent(repeats)) {
            book = here.below(book);
            here = new Dice(seed, ROWS, book);
        }
        return book;
    }

    /** Most reviews come in a book's first years. */
    private static int reviewed(int published, Dice dice) {
        int later = Long.numberOfTrailingZeros(dice.next() | 1L << 10);
        return published + later % (TitleWriter.LAST_YEAR - published + 1);
    }

    /** Half of the reviews get none, a few thousands. */
    private static int votes(Dice dice) {
        int doublings = Long.numberOfTrailingZeros(dice.next() | 1L << 14);
        return dice.below(1 << doublings);
    }

    /** Thirteen letters tell all numbers apart. */
    private static String code(String prefix, long number, int letters) {
        StringBuilder code = new StringBuilder(prefix);
        for (int letter = 0; letter < letters; letter++) {
            code.append(CODE_LETTERS.charAt((int) (number >>> (5 * letter)) & 31));
        }
        return code.toString();
    }
}
