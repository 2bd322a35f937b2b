package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.jobs.wordclouds.clouds.DrawingFixture.counted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.OutputDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CloudPageTest {
    private static final String MALICIOUS_WORD = "</script><script>alert('x')</script>";

    @TempDir
    private Path directory;

    private DrawingFixture drawing;

    @BeforeEach
    void createDrawing() {
        drawing = new DrawingFixture(directory);
    }

    @Test
    void escapesMarkupInWordsAndHeading() throws IOException {
        drawing.counts(
                counted(2001, MALICIOUS_WORD, 3),
                counted(2001, "\"quoted\\\"", 2),
                counted(2001, "<!--", 2),
                counted(2001, "a&b", 1));

        drawing.draw("--width", "300", "--heading", "Titles <b>&</b> \"more\"" + MALICIOUS_WORD);

        String page = drawing.page();
        assertThat(page)
                .contains("<title>Titles &lt;b&gt;&amp;&lt;/b&gt; &quot;more&quot;&lt;/script&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>");
        // The three script elements of the page: data, the one image, the program.
        assertThat(page.split("<script", -1)).hasSize(4);
        assertThat(page.split("</script", -1)).hasSize(4);
        assertThat(data(page).get("words"))
                .extracting(JsonNode::asText)
                .containsExactly(MALICIOUS_WORD, "\"quoted\\\"", "<!--", "a&b");
    }

    @Test
    void embedsEveryImage() throws IOException {
        drawing.counts(counted(2001, "moon", 3), counted(-5, "sun", 2));

        drawing.draw("--width", "300");

        String page = drawing.page();
        assertThat(image(page, 0)).isEqualTo(Files.readAllBytes(directory.resolve("out/-5.png")));
        assertThat(image(page, 1)).isEqualTo(Files.readAllBytes(directory.resolve("out/2001.png")));
        assertThat(page).doesNotContain("http://www.w3.org/1999", "https://", "src=\"", "href=");
    }

    @Test
    void linksToImageFilesWhenThePageWouldBeTooLarge() throws IOException {
        drawing.counts(counted(2001, "moon", 3));
        drawing.draw("--width", "300");
        OutputDirectory output = new OutputDirectory(
                FileSystem.getLocal(new Configuration()), new org.apache.hadoop.fs.Path(drawing.uri("out")));
        YearWords words = new YearWords(2001, 3, List.of(new WeightedWord("moon", 3)));
        RenderedYear year = new RenderedYear(words, List.of(new Placement("moon", 0, 0, 9, 9)), 0);
        Palette palette = Palette.select(List.of(), Optional.empty());
        PageData data = new PageData(List.of(year), new ImageSize(300, 200), palette, Duration.ofSeconds(1));
        StringWriter page = new StringWriter();

        new CloudPage(data, "Titles", 1_000).writeTo(page, new ImageStore(output));

        assertThat(page.toString())
                .contains("id=\"picture-0\">2001.png</script>")
                .doesNotContain("base64");
    }

    @Test
    void listsThePlacementAndCountOfEachWord() throws IOException {
        drawing.counts(counted(2001, "moon", 3), counted(2002, "moon", 1), counted(2002, "sun", 9));

        drawing.draw("--width", "300", "--max-words", "1");

        JsonNode years = data(drawing.page()).get("years");
        assertThat(years.get(0).get("label").asText()).isEqualTo("2001");
        assertThat(years.get(0).get("total").asLong()).isEqualTo(3);
        assertThat(years.get(1).get("total").asLong()).isEqualTo(10);
        JsonNode box = years.get(0).get("words").get(0);
        assertThat(box).hasSize(6);
        var word = drawing.image("2001.png")
                .getSubimage(
                        box.get(2).asInt(),
                        box.get(3).asInt(),
                        box.get(4).asInt(),
                        box.get(5).asInt());
        assertThat(DrawingFixture.ink(word)).isEqualTo(DrawingFixture.ink(drawing.image("2001.png")));
        // Not drawn in 2002, where --max-words is 1, but its count is included for the chart.
        assertThat(years.get(1).get("words").toString()).matches("\\[\\[1,9(,\\d+){4}],\\[0,1]]");
    }

    @Test
    void derivesTotalsFromTheShareColumn() throws IOException {
        drawing.counts(
                "year int, rank int, word string, count double, share double",
                RowFactory.create(2001, 1, "moon", 30.0, 0.03),
                RowFactory.create(2001, 2, "sun", 20.0, 0.02));

        drawing.draw("--width", "300");

        assertThat(data(drawing.page()).get("years").get(0).get("total").asDouble())
                .isEqualTo(1_000);
    }

    @Test
    void formatsNegativeYearsAsBc() throws IOException {
        drawing.counts(counted(-750, "iliad", 3));

        drawing.draw("--width", "300");

        assertThat(data(drawing.page()).get("years").get(0).get("label").asText())
                .isEqualTo("750 BC");
    }

    private static JsonNode data(String page) throws IOException {
        Matcher data =
                Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static byte[] image(String page, int number) {
        Matcher image = Pattern.compile("id=\"picture-" + number + "\">data:image/png;base64,([^<]*)<")
                .matcher(page);
        assertThat(image.find()).isTrue();
        return Base64.getDecoder().decode(image.group(1));
    }
}
