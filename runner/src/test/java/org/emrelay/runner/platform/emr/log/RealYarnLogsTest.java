package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cause is found in the logs of real steps on YARN, one folder for each, which {@code -Dreal.data} names. */
final class RealYarnLogsTest {
    private static final Path REAL_LOGS = Path.of(System.getProperty("real.data", ""), "yarn-logs");

    /** Compares all diagnoses at once, so that {@code real-yarn-causes.txt} reads as a table. */
    @Test
    void findsTheCauses() throws IOException {
        assumeTrue(Files.isDirectory(REAL_LOGS), "skipped: -Dreal.data does not contain yarn-logs");
        StringBuilder causes = new StringBuilder();
        for (Path folder : folders()) {
            causes.append("== ").append(folder.getFileName()).append('\n');
            causes.append(ShippedFailure.read(folder).diagnose().replaceAll("org\\.[a-z]+\\.jobs", "org.….jobs"));
        }

        assertThat(causes.toString()).isEqualTo(expected());
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(REAL_LOGS)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String expected() throws IOException {
        try (InputStream file = RealYarnLogsTest.class.getResourceAsStream("real-yarn-causes.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        }
    }
}
