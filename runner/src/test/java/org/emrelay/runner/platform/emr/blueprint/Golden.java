package org.emrelay.runner.platform.emr.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents that are reviewed like code; what the test found instead lies in target/golden, to be compared and copied. */
public final class Golden {
    private static final Path REVIEWED = Path.of("src", "test", "resources", "emr");
    private static final Path FOUND = Path.of("target", "golden");

    private Golden() {}

    public static void assertSame(String name, String found) {
        try {
            Files.createDirectories(FOUND);
            Files.writeString(FOUND.resolve(name), found);
            assertThat(REVIEWED.resolve(name)).exists();
            assertThat(found).isEqualTo(Files.readString(REVIEWED.resolve(name)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
