package org.emrelay.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style sheet of all report pages: colours for light and dark mode, text, tables, charts, phones and print. */
public final class PageStyle {
    private PageStyle() {}

    public static String css() {
        return read(PageStyle.class, "report.css");
    }

    /** Reads a style sheet beside a class. */
    public static String read(Class<?> owner, String file) {
        try (InputStream stream = Objects.requireNonNull(owner.getResourceAsStream(file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + file, failed);
        }
    }
}
