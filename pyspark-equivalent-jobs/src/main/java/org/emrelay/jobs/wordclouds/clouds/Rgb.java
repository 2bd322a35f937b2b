package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/** An opaque colour. */
record Rgb(int red, int green, int blue) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern HEXADECIMAL = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

    /** Reads {@code #1d4e89}, {@code 1d4e89} and the short form {@code #abc}. */
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

    String hexadecimal() {
        return String.format("#%06x", packed());
    }

    /** From 0, black, to 1, white, as the eye weighs the three. */
    double luminance() {
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    }

    /** This colour with a part (0 to 1) of another over it. */
    Rgb under(Rgb other, double part) {
        return new Rgb(mixed(red, other.red, part), mixed(green, other.green, part), mixed(blue, other.blue, part));
    }

    private static int mixed(int below, int above, double part) {
        return (int) Math.round(below + (above - below) * part);
    }
}
