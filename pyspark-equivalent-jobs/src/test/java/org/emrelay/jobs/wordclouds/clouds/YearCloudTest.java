package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YearCloudTest {
    private static final Palette PALETTE = Palette.chosen(List.of(), Optional.empty());

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 150})
    void letsNoWordCoverAnother(int number) {
        Mask mask = Mask.rectangle(500, 300);
        Lettering lettering = Lettering.of(words(number), number, PALETTE, mask);

        YearCloud cloud = YearCloud.of(lettering, mask);

        long alone = lettering.words().stream()
                .filter(word -> cloud.placements().stream()
                        .anyMatch(placed -> placed.word().equals(word.getWord())))
                .mapToLong(word -> ink(word.getBufferedImage()))
                .sum();
        assertThat(ink(cloud.getBufferedImage())).isEqualTo(alone).isPositive();
    }

    @Test
    void fillsTheOpenBook() throws IOException {
        BufferedImage book = ImageIO.read(Path.of("../data/mask.png").toFile());
        Mask mask = Mask.of(book, book.getWidth(), book.getHeight());
        Lettering lettering = Lettering.of(words(200), 200, PALETTE, mask);

        YearCloud cloud = YearCloud.of(lettering, mask);

        assertThat(cloud.placements()).hasSizeGreaterThan(180);
        assertThat(cloud.placements().get(0).word()).isEqualTo(words(1).get(0).text());
        double boxes = cloud.placements().stream()
                .mapToDouble(box -> (double) box.width() * box.height())
                .sum();
        assertThat(boxes / Extent.of(mask).area()).isGreaterThan(0.7);
    }

    @Test
    void drawsTheHeaviestWordHoweverLittleRoomThereIs() {
        BufferedImage line = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);
        IntStream.range(0, 400 * 8).forEach(at -> line.setRGB(at % 400, 200 + at / 400, 0xff000000));
        Mask mask = Mask.of(line, 400, 400);
        Lettering lettering = Lettering.of(List.of(new WeightedWord("extraordinary", 1)), 1, PALETTE, mask);

        assertThat(YearCloud.of(lettering, mask).placements()).hasSize(1);
    }

    @Test
    void givesEqualCountsOfAFewWordsEqualSizes() {
        Mask mask = Mask.rectangle(500, 300);
        List<WeightedWord> words = List.of(new WeightedWord("moon", 2), new WeightedWord("noom", 2));

        YearCloud cloud = YearCloud.of(Lettering.of(words, 2, PALETTE, mask), mask);

        assertThat(cloud.placements()).hasSize(2);
        assertThat(cloud.placements().get(0).width())
                .isEqualTo(cloud.placements().get(1).width());
    }

    @Test
    void shipsTheMaskThatTheBooksDrawingGives() throws IOException {
        BufferedImage shipped = ImageIO.read(Path.of("../data/mask.png").toFile());
        BufferedImage drawn = OpenBook.draw();

        assertThat(shipped.getWidth()).isEqualTo(drawn.getWidth());
        assertThat(pixels(shipped)).isEqualTo(pixels(drawn));
    }

    private static List<WeightedWord> words(int number) {
        Random random = new Random(5);
        List<WeightedWord> words = new ArrayList<>();
        for (int rank = 1; rank <= number; rank++) {
            String word = random.ints(3 + random.nextInt(7), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            words.add(new WeightedWord(word, 1_000.0 / rank));
        }
        return words;
    }

    private static long ink(BufferedImage image) {
        return Arrays.stream(pixels(image)).filter(pixel -> pixel != 0).count();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
