package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/** An opaque RGB color. */
record Rgb(int red, int green, int blue) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern HEXADECIMAL = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

    /** Parses {@code #1d4e89}, {@code 1d4e89} and the short form {@code #abc}. */
    static Optional<Rgb> parse(String text) {
        if (!HEXADECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.startsWith("#") ? text.substring(1) : text;
        String six = digits.length() == 6 ? digits : digits.replaceAll("(.)", "$1$1");
        return Optional.of(of(Integer.parseInt(six, 16)));
    }

    static Rgb of(int packed) {
        return new Rgb(packed >> 16 & 0xff, packed >> 8 & 0xff, packed & 0xff);
    }

    int packed() {
        return red << 16 | green << 8 | blue;
    }

    String toHex() {
        return String.format("#%06x", packed());
    }

    /** Returns the relative luminance, from 0 (black) to 1 (white). */
    double luminance() {
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    }

    /** Returns this color with another one over it at an opacity from 0 to 1. */
    Rgb blendWith(Rgb other, double opacity) {
        return new Rgb(
                blend(red, other.red, opacity), blend(green, other.green, opacity), blend(blue, other.blue, opacity));
    }

    private static int blend(int background, int foreground, double opacity) {
        return (int) Math.round(background + (foreground - background) * opacity);
    }
}
