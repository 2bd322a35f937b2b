package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.wordclouds.titles.GenerateTitles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the job finds exactly the words of a plain Spark NLP pipeline, including counts and weights. */
@ExtendWith(LocalSpark.class)
class WordEquivalenceTest {
    private static final StructType TITLES = StructType.fromDDL("year int, title string, weight bigint");

    @TempDir
    private Path directory;

    @Test
    void findsTheWordsOfGeneratedTitles() throws IOException {
        GenerateTitles.main(new String[] {"--rows", "3000", "--repeats", "0", "--output", uri("reviews")});
        Dataset<Row> titles = session()
                .read()
                .parquet(uri("reviews"))
                .selectExpr("year", "product_title as title", "bigint(total_votes) as weight");

        assertSameWords(titles);
    }

    @Test
    void findsTheWordsOfAdversarialTitles() throws IOException {
        List<String> titles = AdversarialTitles.titles();
        List<Row> rows = IntStream.range(0, titles.size())
                .mapToObj(index -> RowFactory.create(1990 + index % 3, titles.get(index), (long) index))
                .toList();

        assertSameWords(session().createDataFrame(rows, TITLES));
    }

    @Test
    void findsTheWordsOfRealTitles() throws IOException {
        Path books = Path.of(System.getProperty("real.data", ""), "books", "goodbooks10k_books.csv");
        assumeTrue(Files.exists(books), "real.data does not contain books/goodbooks10k_books.csv");
        Dataset<Row> titles = session()
                .read()
                .option("header", "true")
                .option("escape", "\"")
                .csv(books.toString())
                .selectExpr(
                        "try_cast(try_cast(original_publication_year as double) as int) as year",
                        "title",
                        "bigint(ratings_count) as weight")
                .filter("year is not null");

        assertSameWords(titles);
    }

    private void assertSameWords(Dataset<Row> titles) throws IOException {
        titles.write().parquet(uri("titles"));
        Dataset<Row> stored = session().read().parquet(uri("titles"));
        Dataset<Row> distinct = stored.groupBy("year", "title").sum("weight").toDF("year", "title", "weight");
        Path lemmas = directory.resolve("lemmas.txt");
        try (InputStream bundled = getClass().getResourceAsStream("/org/emrelay/lemmas/english-lemmas.txt")) {
            Files.copy(bundled, lemmas);
        }

        ExtractWords.main(new String[] {
            "--titles", uri("titles"), "--title-column", "title", "--weight-column", "weight", "--output", uri("words")
        });

        List<Row> actual = sorted(session().read().parquet(uri("words")));
        List<Row> expected = sorted(ReferencePipeline.words(distinct, lemmas));
        assertThat(actual).hasSizeGreaterThan(1_000);
        assertThat(actual.equals(expected)).isTrue();
    }

    private static List<Row> sorted(Dataset<Row> words) {
        return words.groupBy("year", "word", "weight")
                .count()
                .orderBy("year", "word", "weight")
                .collectAsList();
    }

    private static SparkSession session() {
        return LocalSpark.session();
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }
}
