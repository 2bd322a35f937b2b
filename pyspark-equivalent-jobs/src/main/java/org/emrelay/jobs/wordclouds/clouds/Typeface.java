package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.emrelay.jobs.UserFault;
import org.jspecify.annotations.Nullable;

/** A font file on the class path, opened once a process, and only when a word needs it. */
final class Typeface {
    private final String resource;
    private final int style;
    private @Nullable Font font;

    Typeface(String resource, int style) {
        this.resource = Objects.requireNonNull(resource, "resource");
        this.style = style;
    }

    synchronized Font font() {
        Font opened = font;
        if (opened == null) {
            opened = opened().deriveFont(style, Typefaces.SIZE);
            font = opened;
        }
        return opened;
    }

    private Font opened() {
        Headless.require();
        try {
            return read();
        } catch (IOException | FontFormatException | LinkageError | InternalError withoutFonts) {
            // A Java without fontconfig, or a machine without any font, opens none at all; unless it is told of some.
            OwnFontList.install(resource);
        }
        try {
            return read();
        } catch (IOException | FontFormatException | LinkageError | InternalError failed) {
            throw new UserFault("The clouds job: Java cannot draw text on this machine (" + failed
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
