package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.jobs.wordclouds.clouds.DrawingFixture.counted;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

@ExtendWith(LocalSpark.class)
class DrawCloudsTest {
    @TempDir
    private Path directory;

    private DrawingFixture drawing;

    @BeforeEach
    void createDrawing() {
        drawing = new DrawingFixture(directory);
    }

    @Test
    void drawsAnImageOfEachYearInsideTheMaskOnly() {
        drawing.counts(concat(words(2001, 60), words(-750, 3))).disc("mask.png", 600, 400);

        String printed = drawing.draw("--mask", drawing.uri("mask.png"), "--width", "300");

        assertThat(printed)
                .isEqualTo("Drew 2 clouds to " + drawing.uri("out") + "; open " + drawing.uri("out")
                        + "/index.html to view them.\n");
        assertThat(files()).containsExactly("-750.png", "2001.png", "evolution.gif", "index.html");
        for (String name : List.of("-750.png", "2001.png")) {
            BufferedImage image = drawing.image(name);
            assertThat(image.getWidth()).isEqualTo(300);
            assertThat(image.getHeight()).isEqualTo(200);
            assertThat(DrawingFixture.ink(image)).as("ink in " + name).isGreaterThan(1_500);
            assertThat(inkOutsideTheDisc(image))
                    .as("ink outside the mask in " + name)
                    .isZero();
        }
    }

    @Test
    void fillsAllPartsOfTheMask() {
        drawing.counts(words(2001, 200)).disc("mask.png", 600, 600);

        drawing.draw("--mask", drawing.uri("mask.png"));

        BufferedImage image = drawing.image("2001.png");
        int size = image.getWidth();
        for (int part = 0; part < 8; part++) {
            double angle = Math.PI * part / 4;
            int x = (int) (size / 2.0 + Math.cos(angle) * size * 0.26) - size / 16;
            int y = (int) (size / 2.0 + Math.sin(angle) * size * 0.26) - size / 16;
            BufferedImage region = image.getSubimage(x, y, size / 8, size / 8);
            assertThat((double) DrawingFixture.ink(region) / (size / 8 * (size / 8)))
                    .as("ink coverage of part " + part)
                    .isGreaterThan(0.15);
        }
    }

    @Test
    void drawsDeterministically() throws IOException {
        drawing.counts(concat(words(2001, 40), words(2002, 5)));

        drawing.draw("--width", "300");
        drawing.drawTo("again", "--width", "300");

        for (String name : files()) {
            assertThat(directory.resolve("again").resolve(name))
                    .as(name)
                    .hasSameBinaryContentAs(directory.resolve("out").resolve(name));
        }
    }

    @Test
    void animatesTheYearsInOrderInALoop() throws IOException {
        drawing.counts(concat(words(1999, 5), concat(words(2003, 5), words(-20, 5))));

        drawing.draw("--width", "300", "--frame-milliseconds", "450");

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        File file = directory.resolve("out/evolution.gif").toFile();
        try (ImageInputStream stream = ImageIO.createImageInputStream(file)) {
            reader.setInput(stream);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            for (int frame = 0; frame < 3; frame++) {
                Element metadata = tree(reader.getImageMetadata(frame));
                assertThat(attribute(metadata, "GraphicControlExtension", "delayTime"))
                        .isEqualTo("45");
                assertThat(reader.getWidth(frame)).isEqualTo(300);
                assertThat(reader.getHeight(frame)).isEqualTo(228);
                assertSameImage(
                        reader.read(frame),
                        List.of("-20.png", "1999.png", "2003.png").get(frame));
            }
            assertThat(attribute(tree(reader.getImageMetadata(0)), "ApplicationExtension", "applicationID"))
                    .isEqualTo("NETSCAPE");
        }
        // NETSCAPE2.0 application extension: a block of three bytes, 1 and the repeat count, 0 for infinite.
        assertThat(new String(Files.readAllBytes(file.toPath()), StandardCharsets.ISO_8859_1))
                .contains("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
    }

    @Test
    void excludesStopWordsInAnyCaseAndReportsYearsWithoutOtherWords() {
        drawing.counts(counted(2001, "Book", 9), counted(2001, "dragon", 3), counted(2002, "SERIES", 4));

        String printed = drawing.draw("--width", "300");

        assertThat(printed).startsWith("Skipped years without a drawable word: 2002.\nDrew 1 cloud to ");
        assertThat(files()).containsExactly("2001.png", "evolution.gif", "index.html");
        assertThat(drawing.page()).contains("\"words\":[\"dragon\"]");
    }

    @Test
    void replacesTheDefaultStopWords() {
        drawing.counts(counted(2001, "Book", 9), counted(2001, "dragon", 3));

        drawing.draw("--width", "300", "--stop-words", "Dragon,knight");

        assertThat(drawing.page()).contains("\"words\":[\"Book\"]");
    }

    @Test
    void skipsAndCountsWordsThatNoTypefaceSupports() {
        drawing.counts(counted(2001, "😀", 9), counted(2001, "dragon", 3), counted(2001, "fun🎉", 2));

        String printed = drawing.draw("--width", "300");

        assertThat(printed)
                .startsWith(
                        "Skipped 2 words with characters that no bundled font supports (for example emoji).\nDrew 1 ");
        assertThat(drawing.page()).contains("\"words\":[\"dragon\"]");
    }

    @Test
    void drawsWordsOfEveryScript() {
        List<String> words = List.of("Война", "שלום", "سلام", "हिन्दी", "漢字", "한국어", "ひらがな", "ไทย", "Ναί", "Հայ");
        drawing.counts(words.stream().map(word -> counted(2001, word, 5)).toArray(Row[]::new));

        String printed = drawing.draw("--width", "400");

        assertThat(printed).startsWith("Drew 1 cloud to ");
        assertThat(drawing.page()).contains(words);
    }

    @Test
    void drawsEastAsianGlyphsInsteadOfBoxes() {
        drawing.counts(counted(2001, "漢字", 1), counted(2002, "書籍", 1), counted(2003, "書籍", 1));

        drawing.draw("--width", "300");

        assertThat(differences(drawing.image("2001.png"), drawing.image("2002.png")))
                .isGreaterThan(500);
        assertThat(differences(drawing.image("2002.png"), drawing.image("2003.png")))
                .isZero();
    }

    @Test
    void drawsASingleWordAsLargeAsPossible() {
        drawing.counts(counted(2001, "moon", 1));

        drawing.draw("--width", "400");

        int[] horizontalExtent = horizontalExtent(drawing.image("2001.png"));
        assertThat(horizontalExtent[1] - horizontalExtent[0]).isBetween(300, 390);
    }

    @Test
    void truncatesAWordOfTenThousandCharacters() {
        drawing.counts(counted(2001, "a".repeat(10_000), 5), counted(2001, "moon", 1));

        drawing.draw("--width", "600");

        assertThat(DrawingFixture.ink(drawing.image("2001.png"))).isGreaterThan(2_000);
        assertThat(drawing.page()).contains("\"" + "a".repeat(39) + "…\"").doesNotContain("a".repeat(40));
    }

    @Test
    void skipsRowsWithoutAYearAWordOrACount() {
        drawing.counts(
                "year string, word string, count double",
                RowFactory.create("2001.0", "moon", 1.5),
                RowFactory.create("unknown", "sun", 1.0),
                RowFactory.create(null, "sun", 1.0),
                RowFactory.create("2001", null, 1.0),
                RowFactory.create("2001", "  ", 1.0),
                RowFactory.create("2001", "sun", null),
                RowFactory.create("2001", "sun", Double.NaN),
                RowFactory.create("2001", "sun", -2.0));

        drawing.draw("--width", "300");

        assertThat(files()).containsExactly("2001.png", "evolution.gif", "index.html");
        assertThat(drawing.page()).contains("\"words\":[\"moon\"]");
    }

    @Test
    void drawsAWordInTheSameColorInAllYears() {
        drawing.counts(counted(2001, "moon", 1), counted(2002, "moon", 1), counted(2002, "sun", 9));

        drawing.draw("--width", "300", "--colors", "#ff0000,#00ff00,#0000ff", "--background", "#ffffff");

        int color = new Palette(Rgb.of(0xffffff), List.of(Rgb.of(0xff0000), Rgb.of(0xff00), Rgb.of(0xff)))
                .colors()
                .get(new Palette(Rgb.of(0), List.of(Rgb.of(1), Rgb.of(2), Rgb.of(3))).colorIndex("moon"))
                .packed();
        assertThat(pixels(drawing.image("2001.png"), color)).isPositive();
        assertThat(pixels(drawing.image("2002.png"), color)).isPositive();
        assertThat(drawing.image("2001.png").getRGB(0, 0)).isEqualTo(0xffffffff);
    }

    private static long pixels(BufferedImage image, int color) {
        return Arrays.stream(rgb(image))
                .filter(rgb -> (rgb & 0xffffff) == color)
                .count();
    }

    private static Row[] words(int year, int number) {
        return IntStream.range(0, number)
                .mapToObj(rank -> counted(year, word(rank), 1_000 / (rank + 1)))
                .toArray(Row[]::new);
    }

    private static Row[] concat(Row[] some, Row[] others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(Row[]::new);
    }

    private static String word(int rank) {
        return Integer.toString(rank * 7_919 + 60_000, 26)
                .chars()
                .map(letter -> letter <= '9' ? letter - '0' + 'q' : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static long inkOutsideTheDisc(BufferedImage image) {
        double halfWidth = image.getWidth() / 2.0;
        double halfHeight = image.getHeight() / 2.0;
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(pixel -> {
                    int column = pixel % image.getWidth();
                    int row = pixel / image.getWidth();
                    double x = (column + 0.5 - halfWidth) / (halfWidth * 0.75);
                    double y = (row + 0.5 - halfHeight) / (halfHeight * 0.75);
                    return x * x + y * y > 1.02;
                })
                .filter(pixel -> DrawingFixture.isInk(image.getRGB(pixel % image.getWidth(), pixel / image.getWidth())))
                .count();
    }

    private void assertSameImage(BufferedImage frame, String name) {
        BufferedImage image = drawing.image(name);
        assertThat(rgb(frame.getSubimage(0, 0, image.getWidth(), image.getHeight())))
                .as("frame of " + name)
                .isEqualTo(rgb(image));
    }

    private static int[] rgb(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static long differences(BufferedImage one, BufferedImage other) {
        int[] first = rgb(one);
        int[] second = rgb(other);
        return IntStream.range(0, first.length)
                .filter(pixel -> DrawingFixture.isInk(first[pixel]) != DrawingFixture.isInk(second[pixel]))
                .count();
    }

    private static int[] horizontalExtent(BufferedImage image) {
        return IntStream.range(0, image.getWidth())
                .filter(x ->
                        IntStream.range(0, image.getHeight()).anyMatch(y -> DrawingFixture.isInk(image.getRGB(x, y))))
                .boxed()
                .collect(() -> new int[] {Integer.MAX_VALUE, 0}, DrawCloudsTest::widen, (one, other) -> {});
    }

    private static void widen(int[] horizontalExtent, int x) {
        horizontalExtent[0] = Math.min(horizontalExtent[0], x);
        horizontalExtent[1] = Math.max(horizontalExtent[1], x);
    }

    private static Element tree(IIOMetadata metadata) {
        return (Element) metadata.getAsTree("javax_imageio_gif_image_1.0");
    }

    private static String attribute(Element root, String element, String attribute) {
        Node found = root.getElementsByTagName(element).item(0);
        return ((Element) found).getAttribute(attribute);
    }
}
