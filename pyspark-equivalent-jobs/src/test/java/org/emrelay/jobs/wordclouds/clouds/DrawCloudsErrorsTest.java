package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.wordclouds.clouds.DrawingFixture.counted;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DrawCloudsErrorsTest {
    @TempDir
    private Path directory;

    private DrawingFixture drawing;

    @BeforeEach
    void createDrawing() {
        drawing = new DrawingFixture(directory);
    }

    @Test
    void reportsAMissingColumn() {
        drawing.counts("year int, term string, count bigint", RowFactory.create(2001, "moon", 1L));

        assertRejected("--counts: " + drawing.uri("counts") + " has no column 'word'. Its columns: year, term, count.");
    }

    @Test
    void rejectsCountsWithNothingToDraw() {
        drawing.counts(counted(2001, "moon", 0));

        assertRejected("--counts: " + drawing.uri("counts")
                + " has no rows with a year, a word and a positive count to draw.");
    }

    @Test
    void rejectsTooManyYears() {
        drawing.counts(IntStream.rangeClosed(1, 1_001)
                .mapToObj(year -> counted(year, "moon", 1))
                .toArray(Row[]::new));

        assertRejected("--counts: " + drawing.uri("counts") + " has 1001 distinct years; the maximum is 1000."
                + " Check its column 'year'.");
    }

    @Test
    void rejectsStopWordsThatExcludeEveryWord() {
        drawing.counts(counted(2001, "book", 1), counted(2002, "series", 1));

        assertRejected("--counts: " + drawing.uri("counts") + " has no word left to draw in any year; change"
                + " --stop-words or use a --mask with a larger dark area.");
        assertThat(directory.resolve("out/index.html")).doesNotExist();
    }

    @Test
    void rejectsAMissingMask() {
        writeCountsOfOneWord();

        assertMaskRejected(": " + drawing.uri("mask.png") + " does not exist; specify an image file.");
    }

    @Test
    void rejectsADirectoryAsMask() throws IOException {
        writeCountsOfOneWord();
        Files.createDirectory(directory.resolve("mask.png"));

        assertMaskRejected(": " + drawing.uri("mask.png") + " is a directory; specify an image file.");
    }

    @Test
    void rejectsAMaskThatIsNotAnImage() throws IOException {
        writeCountsOfOneWord();
        Files.writeString(directory.resolve("mask.png"), "<svg/>");

        assertMaskRejected(": " + drawing.uri("mask.png")
                + " is not a supported image. Supported formats: PNG, JPEG, GIF, BMP, TIFF.");
    }

    @Test
    void rejectsACorruptMask() throws IOException {
        writeCountsOfOneWord();
        drawing.disc("whole.png", 200, 200);
        byte[] whole = Files.readAllBytes(directory.resolve("whole.png"));
        Files.write(directory.resolve("mask.png"), Arrays.copyOf(whole, 60));

        assertThatThrownBy(this::drawWithMask)
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--mask: " + drawing.uri("mask.png") + " is not a readable image (")
                .hasMessageEndingWith("); save it again as PNG.");
    }

    @Test
    void rejectsAMaskWithoutDarkPixels() {
        writeCountsOfOneWord();
        BufferedImage transparent = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        drawing.writeImage("mask.png", transparent);

        assertMaskRejected(": " + drawing.uri("mask.png") + " has no dark, opaque pixels to fill with words.");
    }

    @Test
    void rejectsADecompressionBombWithoutDecodingIt() throws IOException {
        writeCountsOfOneWord();
        try (DataOutputStream file = new DataOutputStream(Files.newOutputStream(directory.resolve("mask.png")))) {
            file.writeLong(0x89504e470d0a1a0aL);
            writeChunk(file, "IHDR", new byte[] {0, 1, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0, 0});
            writeChunk(file, "IDAT", new byte[0]);
            writeChunk(file, "IEND", new byte[0]);
        }

        assertMaskRejected(": " + drawing.uri("mask.png")
                + " is 65536 by 65536 pixels; the maximum is 100 million: scale it down.");
    }

    @Test
    void rejectsATooNarrowMask() {
        writeCountsOfOneWord();
        drawing.writeImage("mask.png", new BufferedImage(1_000, 5, BufferedImage.TYPE_BYTE_GRAY));

        assertMaskRejected(": " + drawing.uri("mask.png") + " is 1000 by 5 pixels, too narrow for words; pass --width"
                + " and --height or use another image.");
    }

    @Test
    void rejectsInvalidColors() {
        writeCountsOfOneWord();

        assertRejected(
                "--colors: 'blau' is not a color; use six hexadecimal digits such as #1d4e89, or one of the palettes"
                        + " library, ocean, sunset, forest, night.",
                "--colors",
                "#123456,blau");
        assertRejected(
                "--background: 'white' is not a color; use six hexadecimal digits such as #1d4e89.",
                "--background",
                "white");
        assertRejected("--colors: 17 colors; the maximum is 16.", "--colors", "#123,".repeat(17));
    }

    @Test
    void rejectsNumbersOutOfRange() {
        writeCountsOfOneWord();
        String known =
                " Known flags: --counts, --output, --mask, --stop-words, --max-words, --width, --height, --colors,"
                        + " --background, --frame-milliseconds, --heading.";

        assertRejected("--max-words must be a whole number from 1 to 1000, not '0'." + known, "--max-words", "0");
        assertRejected("--width must be a whole number from 100 to 4000, not '99'." + known, "--width", "99");
        assertRejected("--height must be a whole number from 100 to 4000, not '9000'." + known, "--height", "9000");
        assertRejected(
                "--frame-milliseconds must be a whole number from 20 to 60000, not 'slow'." + known,
                "--frame-milliseconds",
                "slow");
    }

    private void writeCountsOfOneWord() {
        drawing.counts(counted(2001, "moon", 1));
    }

    private void assertMaskRejected(String message) {
        assertThatThrownBy(this::drawWithMask).isInstanceOf(UserFault.class).hasMessage("--mask" + message);
    }

    private void drawWithMask() {
        drawing.draw("--mask", drawing.uri("mask.png"));
    }

    private void assertRejected(String message, String... flags) {
        assertThatThrownBy(() -> drawing.draw(flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
    }

    private static void writeChunk(DataOutputStream file, String type, byte[] content) throws IOException {
        file.writeInt(content.length);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        file.write(name);
        file.write(content);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        file.writeInt((int) crc.getValue());
    }
}
