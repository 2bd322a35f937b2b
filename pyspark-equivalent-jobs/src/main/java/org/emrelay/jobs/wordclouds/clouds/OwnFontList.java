package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Lets Java draw text where the system has no fontconfig: its font manager asks that library for a font of each family
 * before it opens any file, and gives up without an answer, but a list of one's own is an answer too.
 */
final class OwnFontList {
    private OwnFontList() {}

    static void install(String resource) {
        try {
            Path directory = Files.createTempDirectory("fonts");
            Path font = directory.resolve("font.ttf");
            Path list = directory.resolve("fontconfig.properties");
            try (InputStream stream =
                    Objects.requireNonNull(OwnFontList.class.getResourceAsStream(resource), resource)) {
                Files.copy(stream, font);
            }
            Files.writeString(list, listOf(font));
            for (Path made : new Path[] {directory, font, list}) {
                // Deleted in the reverse order.
                made.toFile().deleteOnExit();
            }
            System.setProperty("sun.awt.fontconfig", list.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("writing a list of fonts to the temporary directory failed", failed);
        }
    }

    private static String listOf(Path font) {
        StringBuilder list = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
        for (String family : new String[] {"serif", "sansserif", "monospaced", "dialog", "dialoginput"}) {
            for (String style : new String[] {"plain", "bold", "italic", "bolditalic"}) {
                list.append(family).append('.').append(style).append(".latin-1=own\n");
            }
        }
        return list.append("filename.own=").append(font).append('\n').toString();
    }
}
