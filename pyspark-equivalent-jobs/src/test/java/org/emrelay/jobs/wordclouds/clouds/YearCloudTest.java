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
    private static final Palette PALETTE = Palette.select(List.of(), Optional.empty());

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 150})
    void placesWordsWithoutOverlap(int number) {
        Mask mask = Mask.rectangle(500, 300);
        WordSizing sizing = WordSizing.of(words(number), number, PALETTE, mask);

        YearCloud cloud = YearCloud.of(sizing, mask);

        long inkOfSeparateWords = sizing.words().stream()
                .filter(word -> cloud.placements().stream()
                        .anyMatch(placed -> placed.word().equals(word.getWord())))
                .mapToLong(word -> ink(word.getBufferedImage()))
                .sum();
        assertThat(ink(cloud.getBufferedImage())).isEqualTo(inkOfSeparateWords).isPositive();
    }

    @Test
    void fillsTheBundledMask() throws IOException {
        BufferedImage book = ImageIO.read(Path.of("../data/mask.png").toFile());
        Mask mask = Mask.of(book, book.getWidth(), book.getHeight());
        WordSizing sizing = WordSizing.of(words(200), 200, PALETTE, mask);

        YearCloud cloud = YearCloud.of(sizing, mask);

        assertThat(cloud.placements()).hasSizeGreaterThan(180);
        assertThat(cloud.placements().get(0).word()).isEqualTo(words(1).get(0).text());
        double boxArea = cloud.placements().stream()
                .mapToDouble(box -> (double) box.width() * box.height())
                .sum();
        assertThat(boxArea / ShapeExtent.of(mask).area()).isGreaterThan(0.7);
    }

    @Test
    void drawsTheHeaviestWordEvenInATinyShape() {
        BufferedImage line = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);
        IntStream.range(0, 400 * 8).forEach(at -> line.setRGB(at % 400, 200 + at / 400, 0xff000000));
        Mask mask = Mask.of(line, 400, 400);
        WordSizing sizing = WordSizing.of(List.of(new WeightedWord("extraordinary", 1)), 1, PALETTE, mask);

        assertThat(YearCloud.of(sizing, mask).placements()).hasSize(1);
    }

    @Test
    void drawsEqualCountsOfFewWordsInEqualSizes() {
        Mask mask = Mask.rectangle(500, 300);
        List<WeightedWord> words = List.of(new WeightedWord("moon", 2), new WeightedWord("noom", 2));

        YearCloud cloud = YearCloud.of(WordSizing.of(words, 2, PALETTE, mask), mask);

        assertThat(cloud.placements()).hasSize(2);
        assertThat(cloud.placements().get(0).width())
                .isEqualTo(cloud.placements().get(1).width());
    }

    @Test
    void bundledMaskMatchesOpenBook() throws IOException {
        BufferedImage bundled = ImageIO.read(Path.of("../data/mask.png").toFile());
        BufferedImage drawn = BookMask.draw();

        assertThat(bundled.getWidth()).isEqualTo(drawn.getWidth());
        assertThat(pixels(bundled)).isEqualTo(pixels(drawn));
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
