package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepsFileFuzzTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory);
        StepsFileMutator.createFiles(fixture);
    }

    @Test
    void unmutatedFileHasNoProblems() {
        assertThat(fixture.problems(StepsFileMutator.ORIGINAL)).isEmpty();
    }

    @Test
    void readerNeverThrowsOnMutatedValues() throws MalformedJsonException {
        for (int seed = 0; seed < 5_000; seed++) {
            checkRead(StepsFileMutator.mutate(seed).getBytes(StandardCharsets.UTF_8), seed);
        }
    }

    @Test
    void readerNeverThrowsOnMutatedBytes() {
        byte[] original = StepsFileMutator.ORIGINAL.getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 800; seed++) {
            Random random = new Random(seed);
            byte[] bytes = original.clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            for (int i = random.nextInt(4); i >= 0 && length > 0; i--) {
                bytes[random.nextInt(length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[]\",:$0".charAt(random.nextInt(9));
            }
            checkRead(Arrays.copyOf(bytes, length), seed);
        }
    }

    @Test
    void readerNeverThrowsOnRandomBytes() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            checkRead(bytes, seed);
        }
    }

    private void checkRead(byte[] bytes, int seed) {
        try {
            ParseResult<Pipeline> result = fixture.file("steps.json", bytes).read("steps.json");
            assertThat(result.value() == null)
                    .isEqualTo(result.problems().stream().anyMatch(Problem::isError));
        } catch (RuntimeException | StackOverflowError fault) {
            throw new AssertionError("seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8), fault);
        }
    }

    @Test
    void invalidJsonIsOneProblem() {
        assertThat(fixture.problems(""))
                .containsExactly("steps.json: not valid JSON: line 1, column 1: file is empty.");
        assertThat(fixture.problems("{\n  \"steps\": [}"))
                .singleElement()
                .asString()
                .startsWith("steps.json: not valid JSON: line 2, column ");
        assertThat(fixture.problems("[".repeat(100_000)))
                .singleElement()
                .asString()
                .startsWith("steps.json: not valid JSON: line 1, column ")
                .contains("nested more than 100 levels deep");
        assertThat(fixture.lines(fixture.file("x.json", bytes(StepsFileMutator.ORIGINAL, StandardCharsets.UTF_16))
                        .read("x.json")))
                .containsExactly("x.json: the file is encoded in UTF-16. Save it as UTF-8.");
        assertThat(fixture.lines(fixture.file(
                                "x.json",
                                bytes(StepsFileMutator.ORIGINAL.replace("all", "é"), StandardCharsets.ISO_8859_1))
                        .read("x.json")))
                .containsExactly(
                        "x.json: the file is not valid UTF-8 text. Is it the right file? If so, save it as UTF-8.");
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    @Test
    void missingOrTooLargeFileIsOneProblem() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve("large.json").toFile(), "rw")) {
            large.setLength(100_000_000);
        }
        fixture.file("steps.json", StepsFileMutator.ORIGINAL);

        assertThat(fixture.lines(fixture.read("folder")))
                .containsExactly("folder: this is a directory. Specify a file.");
        assertThat(fixture.lines(fixture.read("large.json")))
                .containsExactly("large.json: the file is larger than 10 MB. Is it the right file?");
        assertThat(fixture.lines(fixture.read("step.json")))
                .containsExactly("step.json: file not found. Did you mean 'steps.json'?");
    }

    @Test
    void readsTensOfThousandsOfStepsOrProblemsInSeconds() {
        StringBuilder chain =
                new StringBuilder("{\"defaults\": {\"script_uri\": \"job.py\"}, \"steps\": [{\"name\": \"s0\"}");
        StringBuilder unknown = new StringBuilder("{\"steps\": []");
        for (int i = 1; i < 20_000; i++) {
            chain.append(",{\"name\":\"s%d\",\"inputs\":{\"x\":{\"from_step\":\"s%d\"}}}".formatted(i, i - 1));
            unknown.append(",\"unknown_%d\": 1".formatted(i));
        }

        assertThat(fixture.pipeline(chain + "]}").steps()).hasSize(20_000);
        assertThat(fixture.problems(unknown + "}")).hasSize(20_000);
    }
}
