package org.emrelay.jobs.wordclouds.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CountWordsTest {
    private static final String WORDS_SCHEMA = "year int, word string, weight bigint";

    @TempDir
    private Path directory;

    @Test
    void ranksTheWordsOfEachYearByTitles() {
        write(WORDS_SCHEMA, row(2001, "sea", 9L), row(1999, "war", 5L), row(1999, "love", 1L), row(1999, "love", 1L));

        count();

        assertThat(result("year:int,rank:int,word:string,count:bigint,share:double"))
                .containsExactly(
                        row(1999, 1, "love", 2L, 2.0 / 3),
                        row(1999, 2, "war", 1L, 1.0 / 3),
                        row(2001, 1, "sea", 1L, 1.0));
    }

    @Test
    void ranksTheWordsOfEachYearByReviews() {
        write(WORDS_SCHEMA, row(1999, "war", 5L), row(1999, "love", 1L), row(1999, "love", 2L), row(1999, "peace", 0L));

        count("--weight", "reviews");

        assertThat(result("year:int,rank:int,word:string,count:bigint,share:double"))
                .containsExactly(row(1999, 1, "war", 5L, 5.0 / 8), row(1999, 2, "love", 3L, 3.0 / 8));
    }

    @Test
    void sumsFractionalWeights() {
        write(
                "year int, word string, weight double",
                row(1999, "war", 0.5),
                row(1999, "war", 1.0),
                row(1999, "love", Double.NaN),
                row(1999, "peace", null));

        count("--weight", "reviews");

        assertThat(result("year:int,rank:int,word:string,count:double,share:double"))
                .containsExactly(row(1999, 1, "war", 1.5, 1.0));
    }

    @Test
    void keepsTheTopWordsOfEachYearAndBreaksTiesAlphabetically() {
        write(
                WORDS_SCHEMA,
                row(1999, "c", 1L),
                row(1999, "a", 1L),
                row(1999, "b", 1L),
                row(1999, "z", 1L),
                row(1999, "z", 1L),
                row(-750, "iliad", 1L));

        count("--top", "2");

        assertThat(result("year:int,rank:int,word:string,count:bigint,share:double"))
                .containsExactly(
                        row(-750, 1, "iliad", 1L, 1.0), row(1999, 1, "z", 2L, 0.4), row(1999, 2, "a", 1L, 0.2));
    }

    @Test
    void writesOneFile() {
        write(WORDS_SCHEMA, row(2001, "sea", 1L), row(1999, "war", 1L), row(2011, "sky", 1L));

        count();

        assertThat(directory.resolve("out").toFile().list((directory, file) -> file.startsWith("part-")))
                .hasSize(1);
    }

    @Test
    void rejectsAnEmptyTable() {
        write(WORDS_SCHEMA);

        assertFault("--words: " + uri("in") + " contains no words to count.");
    }

    @Test
    void reportsAMissingColumn() {
        write("year int, words string, weight bigint", row(1999, "war", 1L));

        assertFault("--words: " + uri("in")
                + " has no column 'word'. Its columns: year, words, weight. Did you mean words?");
    }

    @Test
    void rejectsAnUnknownWeight() {
        assertFault("--weight must be one of titles, reviews, not 'votes'.", "--weight", "votes");
    }

    private void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> count(flags)).isInstanceOf(UserFault.class).hasMessage(message);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private void write(String schema, Row... rows) {
        LocalSpark.session()
                .createDataFrame(Arrays.asList(rows), StructType.fromDDL(schema))
                .write()
                .parquet(uri("in"));
    }

    private void count(String... flags) {
        Stream<String> paths = Stream.of("--words", uri("in"), "--output", uri("out"));
        CountWords.main(Stream.concat(paths, Stream.of(flags)).toArray(String[]::new));
    }

    private List<Row> result(String schema) {
        var table = LocalSpark.session().read().parquet(uri("out"));
        assertThat(table.schema().simpleString()).isEqualTo("struct<" + schema + ">");
        return table.collectAsList();
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    private static Row row(Object... values) {
        return RowFactory.create(values);
    }
}
