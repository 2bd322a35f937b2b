package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Lets Java draw text without fontconfig.
 *
 * <p>Java's font manager asks fontconfig for a font of each family before it opens any font file, and fails without
 * an answer. A fontconfig.properties file answers instead.
 */
final class FallbackFontConfig {
    private FallbackFontConfig() {}

    static void install(String resource) {
        try {
            Path directory = Files.createTempDirectory("fonts");
            Path font = directory.resolve("font.ttf");
            Path properties = directory.resolve("fontconfig.properties");
            try (InputStream stream =
                    Objects.requireNonNull(FallbackFontConfig.class.getResourceAsStream(resource), resource)) {
                Files.copy(stream, font);
            }
            Files.writeString(properties, propertiesFor(font));
            for (Path created : new Path[] {directory, font, properties}) {
                // Files are deleted in reverse order.
                created.toFile().deleteOnExit();
            }
            System.setProperty("sun.awt.fontconfig", properties.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("writing the font configuration to the temporary directory failed", failed);
        }
    }

    private static String propertiesFor(Path font) {
        StringBuilder properties = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
        for (String family : new String[] {"serif", "sansserif", "monospaced", "dialog", "dialoginput"}) {
            for (String style : new String[] {"plain", "bold", "italic", "bolditalic"}) {
                properties.append(family).append('.').append(style).append(".latin-1=own\n");
            }
        }
        return properties.append("filename.own=").append(font).append('\n').toString();
    }
}
