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
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ExtractWordsTest {
    private static final String REVIEWS = "product_title string, year int, total_votes int";
    private static final String UNWEIGHTED = "year:int,word:string,weight:bigint";

    @TempDir
    private Path directory;

    @Test
    void writesARowForEachWordOfEachTitle() {
        write(REVIEWS, row("The Wings of the Dove", 1902, 3), row("Wings, wings and Leaves!", 1999, 1));

        extract();

        assertThat(result(UNWEIGHTED))
                .containsExactlyInAnyOrder(
                        row(1902, "wing", 1L),
                        row(1902, "dove", 1L),
                        row(1999, "wing", 1L),
                        row(1999, "wing", 1L),
                        row(1999, "leaf", 1L));
    }

    @Test
    void foldsATitleThatIsRepeatedInItsYearAndSumsItsWeights() {
        write(REVIEWS, row("Emma", 2001, 3), row("Emma", 2001, null), row("Emma", 2001, 4), row("Emma", 1999, 1));

        String printed = extract("--weight-column", "total_votes");

        assertThat(result(UNWEIGHTED)).containsExactlyInAnyOrder(row(2001, "emma", 7L), row(1999, "emma", 1L));
        assertThat(printed)
                .isEqualTo(
                        "Read 4 rows; left out 0 without a title and 0 without a year; folded 2 that repeat a title of"
                                + " their year; wrote 2 words of 2 titles.\n");
    }

    @Test
    void letsARepeatedTitleWeighOneWithoutAWeightColumn() {
        write(REVIEWS, row("Emma", 2001, 3), row("Emma", 2001, 4));

        extract();

        assertThat(result(UNWEIGHTED)).containsExactly(row(2001, "emma", 1L));
    }

    @Test
    void leavesOutRowsWithoutATitleOrAYear() {
        write(REVIEWS, row(null, 2001, 3), row(" \t", 2001, 3), row("Emma", null, 2), row("Ivy", 2001, 2));

        String printed = extract();

        assertThat(result(UNWEIGHTED)).containsExactly(row(2001, "ivy", 1L));
        assertThat(printed)
                .isEqualTo(
                        "Read 4 rows; left out 2 without a title and 1 without a year; folded 0 that repeat a title of"
                                + " their year; wrote 1 words of 1 titles.\n");
    }

    @Test
    void readsYearsAndWeightsThatAreText() {
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
    void takesTitlesThatAreNumbersAsText() {
        write("product_title int, year int", row(1984, 1949), row(22, 1961));

        String printed = extract();

        // Spark NLP's normalizer leaves letters only.
        assertThat(result(UNWEIGHTED)).isEmpty();
        assertThat(printed).contains("wrote 0 words of 2 titles.");
    }

    @Test
    void leavesOutExtraStopWordsAndThoseOfWhichTheyAreForms() {
        write(REVIEWS, row("The Guide, 2nd Edition: GUIDES to Wolves", 2001, 3));

        extract("--stop-words", "Guides,edition", "--stop-words", "wolves");

        assertThat(result(UNWEIGHTED)).containsExactly(row(2001, "nd", 1L));
    }

    @Test
    void leavesOutTheStopWordsOfAnotherLanguageAndSaysThatWordsStayAsTheyStand() {
        write(REVIEWS, row("Le Petit Prince et les étoiles", 1943, 3));

        String printed = extract("--language", "fr");

        assertThat(result(UNWEIGHTED))
                .containsExactlyInAnyOrder(row(1943, "petit", 1L), row(1943, "prince", 1L), row(1943, "étoiles", 1L));
        assertThat(printed)
                .startsWith(
                        "No lemma dictionary of the language 'fr' is here, so words stay as they stand in the titles;"
                                + " --lemmas names one, --pretrained downloads one.\n");
    }

    @Test
    void takesALemmaDictionaryOfTheUsers() throws IOException {
        Files.writeString(directory.resolve("lemmas.txt"), "étoile->étoiles\tétoilé\n\nroi -> rois\n");
        write(REVIEWS, row("Les étoiles des rois", 1943, 3));

        String printed = extract("--language", "fr", "--lemmas", uri("lemmas.txt"));

        assertThat(result(UNWEIGHTED)).containsExactlyInAnyOrder(row(1943, "étoile", 1L), row(1943, "roi", 1L));
        assertThat(printed).startsWith("Read 1 rows");
    }

    @Test
    void refusesALanguageWithoutStopWords() {
        write(REVIEWS, row("Emma", 2001, 3));

        assertFault(
                "--language must be one of da, de, en, es, fi, fr, hu, it, nl, no, pt, ru, sv, tr, not 'english'.",
                "--language",
                "english");
    }

    @Test
    void namesTheColumnsWhereOneIsMissing() {
        write(REVIEWS, row("Emma", 2001, 3));

        assertFault(
                "--title-column: " + uri("in") + " has no column 'product_titel'."
                        + " Its columns: product_title, year, total_votes. Did you mean product_title?",
                "--title-column",
                "product_titel");
    }

    @Test
    void saysThatThereAreNoRows() {
        write(REVIEWS);

        assertFault("--titles: " + uri("in") + " holds no rows.");
    }

    @Test
    void saysThatNoRowHasATitle() {
        write(REVIEWS, row(null, 2001, 3), row("  ", null, 3));

        assertFault("--title-column: no row of " + uri("in") + " has a title in column 'product_title'.");
    }

    @Test
    void saysThatNoRowHasAYearAndWhatStandsInItsPlace() {
        write("product_title string, year string", row(null, "1999"), row("Ode", null), row("Emma", "abc"));

        assertFault("--year-column: no row with a title in " + uri("in")
                + " has a year: column 'year' holds text such as 'abc'.");
    }

    @Test
    void saysThatTheColumnOfYearsIsEmpty() {
        write("product_title string, year string", row("Ode", null));

        assertFault("--year-column: no row with a title in " + uri("in") + " has a year: column 'year' is empty.");
    }

    @Test
    void refusesTwoLemmatizers() {
        assertFault(
                "--lemmas and --pretrained exclude one another: both choose the lemmatizer.",
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
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ExtractWords.main(Stream.concat(paths, Stream.of(flags)).toArray(String[]::new));
        } finally {
            System.setOut(before);
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
