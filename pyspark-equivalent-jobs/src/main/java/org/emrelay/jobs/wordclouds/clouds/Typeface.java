package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** A font file on the class path, loaded once per process on first use. */
final class Typeface {
    private final String resource;
    private final int style;
    private @Nullable Font font;

    Typeface(String resource, int style) {
        this.resource = Objects.requireNonNull(resource, "resource");
        this.style = style;
    }

    synchronized Font font() {
        Font loaded = font;
        if (loaded == null) {
            loaded = load().deriveFont(style, Typefaces.SIZE);
            font = loaded;
        }
        return loaded;
    }

    private Font load() {
        Headless.require();
        try {
            return read();
        } catch (IOException | FontFormatException | LinkageError | InternalError noFontconfig) {
            // Without fontconfig or any system font Java opens no font at all, unless it has a
            // fontconfig.properties file.
            FallbackFontConfig.install(resource);
        }
        try {
            return read();
        } catch (IOException | FontFormatException | LinkageError | InternalError failed) {
            throw new UserFault("DrawClouds: Java cannot draw text on this host (" + failed
                    + "); install the packages fontconfig and libfreetype6 (Debian, Ubuntu) or fontconfig and freetype"
                    + " (Amazon Linux, Fedora).");
        }
    }

    private Font read() throws IOException, FontFormatException {
        try (InputStream stream = Objects.requireNonNull(Typeface.class.getResourceAsStream(resource), resource)) {
            return Font.createFont(Font.TRUETYPE_FONT, stream);
        }
    }
}
