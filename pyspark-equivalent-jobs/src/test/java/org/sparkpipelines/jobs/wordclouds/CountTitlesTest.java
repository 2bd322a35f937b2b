package org.sparkpipelines.jobs.wordclouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkpipelines.jobs.LocalSpark;
import org.sparkpipelines.jobs.UserFault;

@ExtendWith(LocalSpark.class)
class CountTitlesTest {
    private static final String REVIEWS = "product_title string, year int, total_votes int";

    @TempDir
    private Path directory;

    @Test
    void countsTitlesDistinctTitlesAndVotesByYear() {
        write(REVIEWS, row("Emma", 2001, 3), row("Emma", 2001, 4), row("Ivy", 2001, null), row("Emma", 1999, 1));

        count("--weight-column", "total_votes");

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint,votes:bigint"))
                .containsExactly(row(1999, 1L, 1L, 1L), row(2001, 3L, 2L, 7L));
    }

    @Test
    void countsWithoutVotesWhereNoWeightIsAskedFor() {
        write(REVIEWS, row("Emma", 2001, 3));

        count();

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint")).containsExactly(row(2001, 1L, 1L));
    }

    @Test
    void countsNoTitleWhereThereIsNoneAndKeepsRowsWithoutAYear() {
        write(REVIEWS, row(null, 2001, 3), row("Emma", null, 2));

        count("--weight-column", "total_votes");

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint,votes:bigint"))
                .containsExactly(row(null, 1L, 1L, 2L), row(2001, 0L, 0L, 3L));
    }

    @Test
    void readsYearsAndWeightsThatAreText() {
        write(
                "title string, published string, weight string",
                row("Emma", "1815.0", "1.5"),
                row("Ivy", " 1815 ", "2"),
                row("Iliad", "-750", "many"),
                row("Ode", "long ago", "1"),
                row("Epic", "1e300", "1"),
                row("Rose", "NaN", "1"));

        count("--title-column", "title", "--year-column", "published", "--weight-column", "weight");

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint,votes:double"))
                .containsExactly(row(null, 3L, 3L, 3.0), row(-750, 1L, 1L, null), row(1815, 2L, 2L, 3.5));
    }

    @Test
    void takesColumnNamesAsTheyAre() {
        write("`the.title` string, `a``year` double, Total int", row("Emma", 2001.0, 1));

        count("--title-column", "the.title", "--year-column", "a`year", "--weight-column", "total");

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint,votes:bigint"))
                .containsExactly(row(2001, 1L, 1L, 1L));
    }

    @Test
    void writesNoLinesForNoTitles() {
        write(REVIEWS);

        count();

        assertThat(result("year:int,titles:bigint,distinct_titles:bigint")).isEmpty();
    }

    @Test
    void writesOneFile() {
        write(REVIEWS, row("Emma", 2001, 3), row("Ivy", 1999, 1), row("Ode", 2011, 1));

        count();

        assertThat(directory.resolve("out").toFile().list((folder, file) -> file.startsWith("part-")))
                .hasSize(1);
    }

    @Test
    void namesThePathAndTheColumnsWhereOneIsMissing() {
        write(REVIEWS, row("Emma", 2001, 3));

        assertFault(
                "--title-column: " + uri("in") + " has no column 'product_titel'."
                        + " Its columns: product_title, year, total_votes. Did you mean product_title?",
                "--title-column",
                "product_titel");
        assertFault(
                "--weight-column: " + uri("in") + " has no column 'stars'."
                        + " Its columns: product_title, year, total_votes.",
                "--weight-column",
                "stars");
    }

    @Test
    void refusesAYearThatIsOfATypeWithoutNumbers() {
        write("product_title string, year array<int>", row("Emma", List.of(2001)));

        assertFault("--year-column: column 'year' of " + uri("in")
                + " is of type array<int>; a number, or text with numbers, is needed.");
    }

    @Test
    void saysThatThereIsNothingAtThePath() {
        assertFault("--titles: there is nothing at " + uri("in") + ".");
    }

    @Test
    void saysThatADirectoryHoldsNoTable() throws IOException {
        Files.createDirectory(directory.resolve("in"));

        assertFault("--titles: " + uri("in") + " holds no parquet files with rows or columns in them.");
    }

    @Test
    void saysThatAFileIsNoParquet() throws IOException {
        Files.writeString(directory.resolve("in"), "product_title,year\nEmma,2001\n");

        assertFault("--titles: " + uri("in") + " holds files that are not parquet.");
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
        Stream<String> paths = Stream.of("--titles", uri("in"), "--output", uri("out"));
        CountTitles.main(Stream.concat(paths, Stream.of(flags)).toArray(String[]::new));
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
