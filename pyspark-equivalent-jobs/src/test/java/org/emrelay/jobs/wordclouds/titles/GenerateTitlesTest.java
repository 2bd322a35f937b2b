package org.emrelay.jobs.wordclouds.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class GenerateTitlesTest {
    @TempDir
    private Path directory;

    @Test
    void writesTheColumnsOfTheAmazonReviews() {
        generate("out", "--rows", "100");

        assertThat(LocalSpark.session().read().parquet(uri("out")).schema().simpleString())
                .isEqualTo("struct<marketplace:string,review_id:string,product_id:string,product_title:string,"
                        + "product_category:string,star_rating:int,helpful_votes:int,total_votes:int,year:int>");
    }

    @Test
    void writesTheSameRowsWithAnyNumberOfPartitions() {
        generate("out", "--rows", "60000", "--seed", "9");

        SampleReviews reviews = new SampleReviews(9, 50);
        assertThat(partFiles("out")).isEqualTo(2);
        assertThat(rows("out")).hasSize(60_000);
        assertThat(new HashSet<>(rows("out")))
                .isEqualTo(LongStream.range(0, 60_000).mapToObj(reviews::review).collect(Collectors.toSet()));
    }

    @Test
    void writesDifferentTitlesForAnotherSeed() {
        generate("one", "--rows", "50", "--seed", "1");
        generate("two", "--rows", "50", "--seed", "2");

        assertThat(titles("one")).doesNotContainAnyElementsOf(titles("two"));
    }

    @Test
    void repeatsSomeBooksOften() {
        generate("out", "--rows", "20000");
        generate("all-new", "--rows", "20000", "--repeats", "0");

        assertThat(products("out")).hasSizeBetween(9_500, 10_500);
        assertThat(products("all-new")).hasSize(20_000);
    }

    @Test
    void writesPlausibleYearsAndVotes() {
        generate("out", "--rows", "20000");

        Set<Integer> years = new HashSet<>();
        for (Row row : rows("out")) {
            years.add(row.<Integer>getAs("year"));
            assertThat(row.<Integer>getAs("total_votes")).isGreaterThanOrEqualTo(row.<Integer>getAs("helpful_votes"));
            assertThat(row.<Integer>getAs("helpful_votes")).isNotNegative();
            assertThat(row.<Integer>getAs("star_rating")).isBetween(1, 5);
        }
        assertThat(years).hasSize(21).allMatch(year -> year >= 1995 && year <= 2015);
    }

    @Test
    void writesAnEmptyTableForZeroRows() {
        generate("out", "--rows", "0");

        assertThat(rows("out")).isEmpty();
    }

    @Test
    void doesNotTouchANonEmptyDirectory() throws IOException {
        Path precious = Files.writeString(
                Files.createDirectory(directory.resolve("out")).resolve("precious"), "gold");

        assertThatThrownBy(() -> generate("out", "--rows", "10"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--output: " + uri("out") + " is not empty; choose another location or delete its contents.");
        assertThat(precious).hasContent("gold");
    }

    @Test
    void writesIntoAnExistingEmptyDirectory() throws IOException {
        Files.createDirectory(directory.resolve("out"));

        generate("out", "--rows", "10");

        assertThat(rows("out")).hasSize(10);
    }

    @Test
    void reportsAnUnknownFileSystem() {
        assertThatThrownBy(() -> GenerateTitles.main(new String[] {"--output", "gopher://host/out"}))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--output: gopher://host/out cannot be written to" + " (No FileSystem for scheme \"gopher\").");
    }

    @Test
    void rejectsAnInvalidNumberOfRows() {
        assertThatThrownBy(() -> generate("out", "--rows", "lots"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--rows must be a whole number from 0 to 9223372036854775807, not 'lots'."
                        + " Known flags: --rows, --seed, --repeats, --output.");
    }

    private void generate(String output, String... flags) {
        String[] arguments = new String[flags.length + 2];
        System.arraycopy(flags, 0, arguments, 0, flags.length);
        arguments[flags.length] = "--output";
        arguments[flags.length + 1] = uri(output);
        GenerateTitles.main(arguments);
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString().replaceAll("/$", "");
    }

    private List<Row> rows(String name) {
        return LocalSpark.session().read().parquet(uri(name)).collectAsList();
    }

    private List<String> titles(String name) {
        return rows(name).stream()
                .map(row -> row.<String>getAs("product_title"))
                .toList();
    }

    private Set<String> products(String name) {
        Set<String> products = new HashSet<>();
        rows(name).forEach(row -> products.add(row.<String>getAs("product_id")));
        return products;
    }

    private long partFiles(String name) {
        String[] files = directory.resolve(name).toFile().list((directory, file) -> file.startsWith("part-"));
        return files.length;
    }
}
