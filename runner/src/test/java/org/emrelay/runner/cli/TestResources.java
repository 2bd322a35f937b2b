package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads test resources, such as golden files with the whole output of a command. */
final class TestResources {
    private TestResources() {}

    static String text(String name) {
        try (InputStream file = TestResources.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
