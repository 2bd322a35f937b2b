package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.wordclouds.clouds.Drawing.counted;

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
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DrawCloudsRefusalsTest {
    @TempDir
    private Path directory;

    private Drawing drawing;

    @BeforeEach
    void newDrawing() {
        drawing = new Drawing(directory);
    }

    @Test
    void namesTheColumnThatIsMissing() {
        drawing.counts("year int, term string, count bigint", RowFactory.create(2001, "moon", 1L));

        refuses("--counts: " + drawing.uri("counts") + " has no column 'word'. Its columns: year, term, count.");
    }

    @Test
    void refusesCountsWithNothingToDraw() {
        drawing.counts(counted(2001, "moon", 0));

        refuses("--counts: " + drawing.uri("counts")
                + " has no row with a year, a word and a count above zero: there is nothing to draw.");
    }

    @Test
    void refusesAColumnOfFarTooManyYears() {
        drawing.counts(IntStream.rangeClosed(1, 1_001)
                .mapToObj(year -> counted(year, "moon", 1))
                .toArray(Row[]::new));

        refuses("--counts: " + drawing.uri("counts") + " has 1001 years, and a picture is drawn of each; 1000 are the"
                + " most: is its column 'year' really one of years?");
    }

    @Test
    void refusesStopWordsThatLeaveNothing() {
        drawing.counts(counted(2001, "book", 1), counted(2002, "series", 1));

        refuses("--counts: " + drawing.uri("counts") + " leaves no word to draw in any year; give other --stop-words,"
                + " or a --mask with more room.");
        assertThat(directory.resolve("out/index.html")).doesNotExist();
    }

    @Test
    void refusesAMaskThatIsNotThere() {
        moon();

        refusesMask(": there is nothing at " + drawing.uri("mask.png") + "; name an image file.");
    }

    @Test
    void refusesAMaskThatIsADirectory() throws IOException {
        moon();
        Files.createDirectory(directory.resolve("mask.png"));

        refusesMask(": " + drawing.uri("mask.png") + " is a directory; name an image file.");
    }

    @Test
    void refusesAMaskThatIsNoImage() throws IOException {
        moon();
        Files.writeString(directory.resolve("mask.png"), "<svg/>");

        refusesMask(
                ": " + drawing.uri("mask.png") + " is no image that can be read; give a PNG, JPEG, GIF, BMP or TIFF.");
    }

    @Test
    void refusesAMaskThatIsDamaged() throws IOException {
        moon();
        drawing.disc("whole.png", 200, 200);
        byte[] whole = Files.readAllBytes(directory.resolve("whole.png"));
        Files.write(directory.resolve("mask.png"), Arrays.copyOf(whole, 60));

        assertThatThrownBy(this::drawWithMask)
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--mask: " + drawing.uri("mask.png") + " is no image that can be read (")
                .hasMessageEndingWith("); save it as a PNG again.");
    }

    @Test
    void refusesAMaskWithNothingDark() {
        moon();
        BufferedImage transparent = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        drawing.image("mask.png", transparent);

        refusesMask(": " + drawing.uri("mask.png")
                + " has nothing dark in it: words go where the image is dark and opaque.");
    }

    @Test
    void refusesAMaskThatUnfoldsToGigabytesWithoutUnfoldingIt() throws IOException {
        moon();
        try (DataOutputStream file = new DataOutputStream(Files.newOutputStream(directory.resolve("mask.png")))) {
            file.writeLong(0x89504e470d0a1a0aL);
            writeChunk(file, "IHDR", new byte[] {0, 1, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0, 0});
            writeChunk(file, "IDAT", new byte[0]);
            writeChunk(file, "IEND", new byte[0]);
        }

        refusesMask(
                ": " + drawing.uri("mask.png") + " is 65536 by 65536 pixels; 100 million are the most: scale it down.");
    }

    @Test
    void refusesAMaskThatIsALine() {
        moon();
        drawing.image("mask.png", new BufferedImage(1_000, 5, BufferedImage.TYPE_BYTE_GRAY));

        refusesMask(": " + drawing.uri("mask.png") + " is 1000 by 5 pixels, too narrow a shape for words; give --width"
                + " and --height, or another image.");
    }

    @Test
    void refusesColoursThatAreNone() {
        moon();

        refuses(
                "--colors: 'blau' is no colour; give six hexadecimal digits such as #1d4e89, or one of the palettes"
                        + " library, ocean, sunset, forest, night.",
                "--colors",
                "#123456,blau");
        refuses(
                "--background: 'white' is no colour; give six hexadecimal digits such as #1d4e89.",
                "--background",
                "white");
        refuses("--colors: 17 colours are given; 16 are the most.", "--colors", "#123,".repeat(17));
    }

    @Test
    void keepsNumbersWithinBounds() {
        moon();
        String known =
                " Known flags: --counts, --output, --mask, --stop-words, --max-words, --width, --height, --colors,"
                        + " --background, --frame-milliseconds, --heading.";

        refuses("--max-words must be a whole number from 1 to 1000, not '0'." + known, "--max-words", "0");
        refuses("--width must be a whole number from 100 to 4000, not '99'." + known, "--width", "99");
        refuses("--height must be a whole number from 100 to 4000, not '9000'." + known, "--height", "9000");
        refuses(
                "--frame-milliseconds must be a whole number from 20 to 60000, not 'slow'." + known,
                "--frame-milliseconds",
                "slow");
    }

    private void moon() {
        drawing.counts(counted(2001, "moon", 1));
    }

    private void refusesMask(String rest) {
        assertThatThrownBy(this::drawWithMask).isInstanceOf(UserFault.class).hasMessage("--mask" + rest);
    }

    private void drawWithMask() {
        drawing.draw("--mask", drawing.uri("mask.png"));
    }

    private void refuses(String sentence, String... flags) {
        assertThatThrownBy(() -> drawing.draw(flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(sentence);
    }

    private static void writeChunk(DataOutputStream file, String type, byte[] content) throws IOException {
        file.writeInt(content.length);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        file.write(name);
        file.write(content);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        file.writeInt((int) check.getValue());
    }
}
