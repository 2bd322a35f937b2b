package org.emrelay.runner.platform.emr.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures of steps in cluster mode. Each file in {@code failures} says what was done, and has the logs that Spark and YARN write and the
 * diagnosis that a user needs.
 */
final class YarnFailuresTest {
    private static final String DIAGNOSIS = "== diagnosis\n";

    static List<Path> failures() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(YarnFailuresTest.class.getResource("failures"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void findsTheCause(Path failure) throws IOException {
        String text = Files.readString(failure);
        int logsEnd = text.indexOf(DIAGNOSIS);

        assertThat(ShippedFailure.parse(text.substring(0, logsEnd)).diagnose())
                .as(text.lines().findFirst().orElseThrow())
                .isEqualTo(text.substring(logsEnd + DIAGNOSIS.length()));
    }
}
