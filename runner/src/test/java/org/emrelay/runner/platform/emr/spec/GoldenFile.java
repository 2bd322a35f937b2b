package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reviewed golden files. Actual output is written to target/golden, to compare and copy. */
public final class GoldenFile {
    private static final Path EXPECTED_DIRECTORY = Path.of("src", "test", "resources", "emr");
    private static final Path ACTUAL_DIRECTORY = Path.of("target", "golden");

    private GoldenFile() {}

    public static void assertMatches(String name, String actual) {
        try {
            Files.createDirectories(ACTUAL_DIRECTORY);
            Files.writeString(ACTUAL_DIRECTORY.resolve(name), actual);
            assertThat(EXPECTED_DIRECTORY.resolve(name)).exists();
            assertThat(actual).isEqualTo(Files.readString(EXPECTED_DIRECTORY.resolve(name)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
