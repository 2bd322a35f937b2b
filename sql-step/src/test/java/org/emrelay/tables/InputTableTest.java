package org.emrelay.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.Assumptions;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class InputTableTest {
    private static final String CSV = "title,year\n\"Emma, \"\"the\nnovel\"\"\",1815\nIvy;,1999.0\n";
    private static final String TSV = "title\tyear\n\"Emma, \"the\" novel\t1815\nIvy;\t1999.0\n";
    private static final String LINES =
            "{\"title\": \"Emma, \\\"the\\\" novel\", \"year\": 1815}\n{\"title\": \"Ivy;\", \"year\": 1999}\n";

    @TempDir
    private Path directory;

    @Test
    void detectsParquetByContent() throws IOException {
        LocalSpark.session().range(3).toDF("year").coalesce(1).write().parquet("file:" + directory.resolve("written"));
        try (var parts = Files.newDirectoryStream(directory.resolve("written"), "part-*")) {
            Files.copy(parts.iterator().next(), directory.resolve("in"));
        }

        assertThat(read().rows().count()).isEqualTo(3);
    }

    @Test
    void rejectsColumnsThatDifferOnlyInCase() {
        LocalSpark.session().conf().set("spark.sql.caseSensitive", "true");
        try {
            LocalSpark.session()
                    .range(3)
                    .selectExpr("id", "1 as Age", "2 as age")
                    .write()
                    .parquet("file:" + directory.resolve("in"));
        } finally {
            LocalSpark.session().conf().unset("spark.sql.caseSensitive");
        }

        assertThatThrownBy(() ->
                        InputTable.readParquet(LocalSpark.session(), "--table", "file:" + directory.resolve("in")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--table: file:" + directory.resolve("in")
                        + " has two columns named 'age' that differ only in case; rename one of them.");
    }

    @Test
    void detectsCsvWithQuotedLineBreaks() throws IOException {
        file(CSV);

        assertTitles("Emma, \"the\nnovel\"", "Ivy;");
    }

    @Test
    void detectsSemicolonsWithDecimalCommas() throws IOException {
        file("title;year\n\"Emma; the novel\";1815\nIvy,;1999,0\n");

        assertTitles("Emma; the novel", "Ivy,");
    }

    @Test
    void keepsQuotationMarksInTsv() throws IOException {
        file(TSV);

        assertTitles("\"Emma, \"the\" novel", "Ivy;");
    }

    @Test
    void unquotesTsvWithAQuotedHeader() throws IOException {
        file("\"title\"\t\"year\"\n\"Emma\tthe \"\"novel\"\"\"\t1815\n\"Ivy\"\t1999\n");

        assertTitles("Emma\tthe \"novel\"", "Ivy");
    }

    @Test
    void detectsJsonLinesAndJsonDocuments() throws IOException {
        file(LINES);
        assertTitles("Emma, \"the\" novel", "Ivy;");

        file("[\n {\"title\": \"Emma\",\n  \"year\": 1815},\n {\"title\": \"Ivy\", \"year\": 1999}]");
        assertTitles("Emma", "Ivy");

        file("{\n \"title\": \"Emma\",\n \"year\": 1815\n}\n{\n \"title\": \"Ivy\"\n}\n");
        assertThat(titles()).contains("Emma");
    }

    @Test
    void readsGzipWithAnyFileName() throws IOException {
        for (String name : List.of("in", "in.gz", "in.csv", "in.csv.gz", "in.bz2")) {
            for (String text : List.of(CSV, TSV, LINES)) {
                Path file = directory.resolve(name);
                Files.write(file, gzip(text));

                assertThat(titles(InputTable.read(LocalSpark.session(), "--titles", "file:" + file, Optional.empty())))
                        .as(name)
                        .hasSize(2)
                        .endsWith("Ivy;");
                Files.delete(file);
            }
        }
    }

    @Test
    void detectsTheFormatOfADirectoryFromItsFirstNonEmptyFile() throws IOException {
        Path input = Files.createDirectories(directory.resolve("in"));
        Files.createFile(input.resolve("a-empty.csv"));
        Files.writeString(input.resolve("_SUCCESS"), "{}");
        Files.writeString(input.resolve(".hidden"), "{}");
        Files.writeString(input.resolve("b.csv"), "title,year\nEmma,1815\n");
        Files.writeString(input.resolve("c.csv"), "title,year\nIvy,1999\n");

        assertThat(titles()).containsExactlyInAnyOrder("Emma", "Ivy");
    }

    @Test
    void readsPartitionDirectories() throws IOException {
        Path input = Files.createDirectories(directory.resolve("in/year=1815"));
        Files.writeString(input.resolve("part.csv"), "title\nEmma\n");

        assertThat(read().rows().select(read().year("--year-column", "year")).collectAsList())
                .containsExactly(RowFactory.create(1815));
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        file("\uFEFF" + CSV);

        assertTitles("Emma, \"the\nnovel\"", "Ivy;");
    }

    @Test
    void readsInTheDeclaredFormat() throws IOException {
        file("a\tb,year\nx\ty,1999\n");

        InputTable declared = InputTable.read(LocalSpark.session(), "--titles", uri(), Optional.of(TableFormat.CSV));

        assertThat(declared.rows().columns()).containsExactly("a\tb", "year");
    }

    @Test
    void namesTheTypeOfAnUnsupportedFile() throws IOException {
        assertRejected("ORC...", "is ORC. Supported formats: Parquet, CSV, TSV, JSON.");
        assertRejected("Obj\u0001...", "is Avro. Supported formats: Parquet, CSV, TSV, JSON.");
        assertRejected(
                "PK\u0003\u0004...",
                "is a zip archive (or a spreadsheet). Supported formats: Parquet, CSV, TSV, JSON.");
        assertRejected(
                "title,ye\0ar\n",
                "is neither Parquet nor UTF-8 text; convert text files with iconv -f WINDOWS-1252 -t UTF-8.");
        Files.write(directory.resolve("in"), "title,year\nÉmile,1762\n".getBytes(StandardCharsets.ISO_8859_1));
        assertFault("is neither Parquet nor UTF-8 text; convert text files with iconv -f WINDOWS-1252 -t UTF-8.");
        Files.write(directory.resolve("in"), "\uFEFFtitle,year\n".getBytes(StandardCharsets.UTF_16LE));
        assertFault("is UTF-16 text; convert it with iconv -f UTF-16 -t UTF-8.");
    }

    @Test
    void reportsEmptyAndMissingFiles() throws IOException {
        assertThatThrownBy(this::read)
                .isInstanceOf(UserFault.class)
                .hasMessage("--titles: " + uri() + " does not exist.");
        file("");
        assertThatThrownBy(this::read).isInstanceOf(UserFault.class).hasMessage("--titles: " + uri() + " is empty.");
    }

    @Test
    void reportsAGzExtensionOnAFileThatIsNotGzip() throws IOException {
        Files.writeString(directory.resolve("in.gz"), CSV);

        assertThatThrownBy(() -> InputTable.read(LocalSpark.session(), "--titles", uri() + ".gz", Optional.empty()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--titles: " + uri() + ".gz has the extension .gz but is not gzip; rename it.");
    }

    @Test
    void readsYearsFromNumbersDatesAndText() {
        assertYears(
                        "year string",
                        List.of("1815.0", " 1815 ", "-750", "1815-03-02", "long ago", "1e300", "NaN", "2015-13-45"))
                .containsExactly(1815, 1815, -750, 1815, null, null, null, null);
        assertYears("year double", Arrays.asList(1815.0, Double.NaN, null)).containsExactly(1815, null, null);
        assertYears("year date", List.of(Date.valueOf("1815-03-02"))).containsExactly(1815);
    }

    @Test
    void readsNumbersFromText() {
        InputTable table = table("n string", List.of("1.5", "2", "many", "NaN", "Infinity"));

        assertThat(column(table, table.number("--weight-column", "n"))).containsExactly(1.5, 2.0, null, null, null);
    }

    @Test
    void quotesColumnNames() {
        InputTable table = table("`a.``year` int", List.of(1999));

        assertThat(column(table, table.column("--year-column", "A.`YEAR"))).containsExactly(1999);
    }

    @Test
    void listsTheColumnsWhenOneIsMissing() {
        InputTable table = table("product_title string", List.of("Emma"));

        assertThatThrownBy(() -> table.column("--title-column", "product_titel"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--title-column: memory has no column 'product_titel'. Its columns: product_title."
                        + " Did you mean product_title?");
    }

    @Test
    void rejectsColumnsOfUnsupportedTypes() {
        InputTable table = table("year array<int>", List.of(List.of(2001)));

        assertThatThrownBy(() -> table.year("--year-column", "year"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--year-column: column 'year' of memory has type array<int>; expected a number, a date, or a string"
                                + " that contains either.");
        assertThatThrownBy(() -> table.number("--weight-column", "year"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--weight-column: column 'year' of memory has type array<int>; expected a number, or a string"
                                + " that contains one.");
    }

    @Test
    void readsOutputsOfEarlierStepsAsParquetOnly() throws IOException {
        assertThatThrownBy(this::readParquet).hasMessage("--titles: " + uri() + " does not exist.");
        file(CSV);
        assertThatThrownBy(this::readParquet)
                .hasMessage("--titles: " + uri() + " contains files that are not Parquet.");
        Files.delete(directory.resolve("in"));
        Files.createDirectory(directory.resolve("in"));
        assertThatThrownBy(this::readParquet)
                .isInstanceOf(UserFault.class)
                .hasMessage("--titles: " + uri() + " contains no Parquet files with rows or columns.");
    }

    @Test
    void readsTheRealFiles() {
        String realData = System.getProperty("real.data", "");
        Assumptions.assumeThat(realData)
                .as("-Dreal.data names the directory with the real data")
                .isNotEmpty();
        InputTable books = InputTable.read(
                LocalSpark.session(),
                "--titles",
                "file:" + realData + "/books/goodbooks10k_books.csv",
                Optional.empty());
        assertThat(books.rows().count()).isEqualTo(10_000);
        assertThat(books.rows()
                        .where(books.year("--year-column", "original_publication_year")
                                .lt(0))
                        .count())
                .isEqualTo(31);

        InputTable reviews = InputTable.read(
                LocalSpark.session(),
                "--titles",
                "file:" + realData + "/books/amazon_reviews_pds_schema_sample.tsv",
                Optional.empty());
        assertThat(reviews.rows().columns()).hasSize(15).contains("product_title", "total_votes");
        assertThat(column(reviews, reviews.year("--year-column", "review_date")))
                .containsOnly(2015);
    }

    private InputTable read() {
        return InputTable.read(LocalSpark.session(), "--titles", uri(), Optional.empty());
    }

    private InputTable readParquet() {
        return InputTable.readParquet(LocalSpark.session(), "--titles", uri());
    }

    private void assertTitles(String... titles) {
        InputTable table = read();
        assertThat(titles(table)).containsExactly((Object[]) titles);
        assertThat(column(table, table.year("--year-column", "year")).get(0)).isEqualTo(1815);
    }

    private List<Object> titles() {
        return titles(read());
    }

    private static List<Object> titles(InputTable table) {
        return column(table, table.column("--title-column", "title"));
    }

    private ListAssert<Object> assertYears(String schema, List<?> values) {
        InputTable table = table(schema, values);
        return assertThat(column(table, table.year("--year-column", "year")));
    }

    private static InputTable table(String schema, List<?> values) {
        List<Row> rows =
                values.stream().map(value -> RowFactory.create((Object) value)).toList();
        return new InputTable(LocalSpark.session().createDataFrame(rows, StructType.fromDDL(schema)), "memory");
    }

    private static List<Object> column(InputTable table, Column column) {
        return table.rows().select(column).collectAsList().stream()
                .map(row -> row.get(0))
                .toList();
    }

    private void assertRejected(String content, String message) throws IOException {
        file(content);
        assertFault(message);
    }

    private void assertFault(String message) {
        assertThatThrownBy(this::read).isInstanceOf(UserFault.class).hasMessage("--titles: " + uri() + " " + message);
    }

    private void file(String content) throws IOException {
        Files.writeString(directory.resolve("in"), content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String uri() {
        return "file:" + directory.resolve("in");
    }
}
