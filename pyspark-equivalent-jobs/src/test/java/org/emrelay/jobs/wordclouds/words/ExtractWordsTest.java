package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
class ExtractWordsTest {
    private static final String REVIEWS_SCHEMA = "product_title string, year int, total_votes int";
    private static final String WORDS_SCHEMA = "year:int,word:string,weight:bigint";

    @TempDir
    private Path directory;

    @Test
    void writesARowForEachWordOfEachTitle() {
        write(REVIEWS_SCHEMA, row("The Wings of the Dove", 1902, 3), row("Wings, wings and Leaves!", 1999, 1));

        extract();

        assertThat(result(WORDS_SCHEMA))
                .containsExactlyInAnyOrder(
                        row(1902, "wing", 1L),
                        row(1902, "dove", 1L),
                        row(1999, "wing", 1L),
                        row(1999, "wing", 1L),
                        row(1999, "leaf", 1L));
    }

    @Test
    void mergesDuplicateTitlesOfAYearAndSumsTheirWeights() {
        write(
                REVIEWS_SCHEMA,
                row("Emma", 2001, 3),
                row("Emma", 2001, null),
                row("Emma", 2001, 4),
                row("Emma", 1999, 1));

        String printed = extract("--weight-column", "total_votes");

        assertThat(result(WORDS_SCHEMA)).containsExactlyInAnyOrder(row(2001, "emma", 7L), row(1999, "emma", 1L));
        assertThat(printed)
                .isEqualTo(
                        "Read 4 rows; skipped 0 without a title and 0 without a year; merged 2 duplicate titles within"
                                + " a year; wrote 2 words from 2 titles.\n");
    }

    @Test
    void countsADuplicateTitleOnceWithoutAWeightColumn() {
        write(REVIEWS_SCHEMA, row("Emma", 2001, 3), row("Emma", 2001, 4));

        extract();

        assertThat(result(WORDS_SCHEMA)).containsExactly(row(2001, "emma", 1L));
    }

    @Test
    void skipsRowsWithoutATitleOrAYear() {
        write(REVIEWS_SCHEMA, row(null, 2001, 3), row(" \t", 2001, 3), row("Emma", null, 2), row("Ivy", 2001, 2));

        String printed = extract();

        assertThat(result(WORDS_SCHEMA)).containsExactly(row(2001, "ivy", 1L));
        assertThat(printed)
                .isEqualTo(
                        "Read 4 rows; skipped 2 without a title and 1 without a year; merged 0 duplicate titles within"
                                + " a year; wrote 1 words from 1 titles.\n");
    }

    @Test
    void readsYearsAndWeightsFromStrings() {
        write(
                "title string, published string, weight string",
                row("Emma", "1815.0", "1.5"),
                row("Ivy", " 1815 ", "many"),
                row("Iliad", "-750", "NaN"),
                row("Ode", "long ago", "1"));

        extract("--title-column", "title", "--year-column", "published", "--weight-column", "weight");

        assertThat(result("year:int,word:string,weight:double"))
                .containsExactlyInAnyOrder(row(1815, "emma", 1.5), row(1815, "ivy", 0.0), row(-750, "iliad", 0.0));
    }

    @Test
    void readsNumericTitlesAsText() {
        write("product_title int, year int", row(1984, 1949), row(22, 1961));

        String printed = extract();

        // Spark NLP's normalizer keeps letters only.
        assertThat(result(WORDS_SCHEMA)).isEmpty();
        assertThat(printed).contains("wrote 0 words from 2 titles.");
    }

    @Test
    void removesExtraStopWordsAndTheirLemmas() {
        write(REVIEWS_SCHEMA, row("The Guide, 2nd Edition: GUIDES to Wolves", 2001, 3));

        extract("--stop-words", "Guides,edition", "--stop-words", "wolves");

        assertThat(result(WORDS_SCHEMA)).containsExactly(row(2001, "nd", 1L));
    }

    @Test
    void removesStopWordsOfAnotherLanguageAndWarnsThatWordsAreNotLemmatized() {
        write(REVIEWS_SCHEMA, row("Le Petit Prince et les étoiles", 1943, 3));

        String printed = extract("--language", "fr");

        assertThat(result(WORDS_SCHEMA))
                .containsExactlyInAnyOrder(row(1943, "petit", 1L), row(1943, "prince", 1L), row(1943, "étoiles", 1L));
        assertThat(printed)
                .startsWith(
                        "No bundled lemma dictionary for language 'fr': words are not lemmatized. Pass --lemmas with a"
                                + " dictionary or --pretrained to download a model.\n");
    }

    @Test
    void usesACustomLemmaDictionary() throws IOException {
        Files.writeString(directory.resolve("lemmas.txt"), "étoile->étoiles\tétoilé\n\nroi -> rois\n");
        write(REVIEWS_SCHEMA, row("Les étoiles des rois", 1943, 3));

        String printed = extract("--language", "fr", "--lemmas", uri("lemmas.txt"));

        assertThat(result(WORDS_SCHEMA)).containsExactlyInAnyOrder(row(1943, "étoile", 1L), row(1943, "roi", 1L));
        assertThat(printed).startsWith("Read 1 rows");
    }

    @Test
    void rejectsALanguageWithoutStopWords() {
        write(REVIEWS_SCHEMA, row("Emma", 2001, 3));

        assertFault(
                "--language must be one of da, de, en, es, fi, fr, hu, it, nl, no, pt, ru, sv, tr, not 'english'.",
                "--language",
                "english");
    }

    @Test
    void reportsAMissingColumn() {
        write(REVIEWS_SCHEMA, row("Emma", 2001, 3));

        assertFault(
                "--title-column: " + uri("in") + " has no column 'product_titel'."
                        + " Its columns: product_title, year, total_votes. Did you mean product_title?",
                "--title-column",
                "product_titel");
    }

    @Test
    void reportsAnEmptyTable() {
        write(REVIEWS_SCHEMA);

        assertFault("--titles: " + uri("in") + " contains no rows.");
    }

    @Test
    void reportsThatNoRowHasATitle() {
        write(REVIEWS_SCHEMA, row(null, 2001, 3), row("  ", null, 3));

        assertFault("--title-column: no row of " + uri("in") + " has a title in column 'product_title'.");
    }

    @Test
    void reportsThatNoRowHasAYearWithASampleValue() {
        write("product_title string, year string", row(null, "1999"), row("Ode", null), row("Emma", "abc"));

        assertFault("--year-column: no row with a title in " + uri("in")
                + " has a valid year: column 'year' contains values such as 'abc'.");
    }

    @Test
    void reportsAnEmptyYearColumn() {
        write("product_title string, year string", row("Ode", null));

        assertFault(
                "--year-column: no row with a title in " + uri("in") + " has a valid year: column 'year' is empty.");
    }

    @Test
    void rejectsTwoLemmatizers() {
        assertFault(
                "--lemmas cannot be combined with --pretrained: both select the lemmatizer.",
                "--lemmas",
                "x",
                "--pretrained");
    }

    private void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> extract(flags)).isInstanceOf(UserFault.class).hasMessage(message);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private void write(String schema, Row... rows) {
        LocalSpark.session()
                .createDataFrame(Arrays.asList(rows), StructType.fromDDL(schema))
                .write()
                .parquet(uri("in"));
    }

    private String extract(String... flags) {
        Stream<String> paths = Stream.of("--titles", uri("in"), "--output", uri("out"));
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ExtractWords.main(Stream.concat(paths, Stream.of(flags)).toArray(String[]::new));
        } finally {
            System.setOut(standardOutput);
        }
        return printed.toString(StandardCharsets.UTF_8);
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
