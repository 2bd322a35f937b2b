package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.tables.UserFault;

/** The colors of the words and of the background. */
record Palette(Rgb background, List<Rgb> colors) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** With more colors, a 256-color image has too few shades of each for smooth edges. */
    private static final int MAX_COLORS = 16;

    private static final Map<String, Palette> NAMED = named();

    Palette {
        Objects.requireNonNull(background, "background");
        colors = List.copyOf(colors);
    }

    /** Selects a palette by name or by hexadecimal colors; a custom background may be combined with either. */
    static Palette select(List<String> colors, Optional<String> background) {
        Palette palette = colors.isEmpty() ? byName("library") : named(colors).orElseGet(() -> listed(colors));
        return background
                .map(given -> new Palette(color("--background", given, ""), palette.colors()))
                .orElse(palette);
    }

    boolean isLight() {
        return background.luminance() > 0.5;
    }

    /**
     * Returns the index of the color of a word. It depends on the word alone, so the word keeps its color in all
     * years.
     */
    int colorIndex(String word) {
        // The low bits of String.hashCode barely differ between similar words.
        int mixed = word.hashCode() * 0x9E3779B9;
        return Math.floorMod(mixed ^ (mixed >>> 15), colors.size());
    }

    private static Palette byName(String name) {
        return Objects.requireNonNull(NAMED.get(name), name);
    }

    private static Optional<Palette> named(List<String> colors) {
        return colors.size() == 1 ? Optional.ofNullable(NAMED.get(colors.get(0))) : Optional.empty();
    }

    private static Palette listed(List<String> colors) {
        if (colors.size() > MAX_COLORS) {
            throw new UserFault("--colors: " + colors.size() + " colors; the maximum is " + MAX_COLORS + ".");
        }
        String names = ", or one of the palettes " + String.join(", ", NAMED.keySet());
        List<Rgb> chosen =
                colors.stream().map(given -> color("--colors", given, names)).toList();
        // Use a light background for dark colors and vice versa.
        double lightness = chosen.stream().mapToDouble(Rgb::luminance).average().orElse(0);
        return new Palette(byName(lightness < 0.5 ? "library" : "night").background(), chosen);
    }

    private static Rgb color(String flag, String given, String alternatives) {
        return Rgb.parse(given)
                .orElseThrow(() -> new UserFault(flag + ": '" + given
                        + "' is not a color; use six hexadecimal digits such as #1d4e89" + alternatives + "."));
    }

    private static Map<String, Palette> named() {
        Map<String, Palette> named = new LinkedHashMap<>();
        named.put(
                "library",
                of("fbf8f1", "1f3a5f", "a63d2f", "2f6b5e", "b07d1e", "6b3f6e", "37718e", "8c4a2f", "4b5d3a"));
        named.put("ocean", of("f4f9fb", "03396c", "005b96", "0a7e8c", "2a6f97", "14213d", "1b998b", "3d5a80"));
        named.put("sunset", of("fff8f3", "7b1e3b", "c8553d", "b5446e", "9d4edd", "d1495b", "5f0f40", "a8570a"));
        named.put("forest", of("f7f9f2", "1b4332", "2d6a4f", "606c38", "8a5a2b", "40522d", "3a7d44", "6f4518"));
        named.put(
                "night", of("11151f", "f2c14e", "7bdff2", "f78154", "b2f7ef", "e0aaff", "8ac926", "ff8fab", "f7f7ff"));
        return named;
    }

    private static Palette of(String background, String... colors) {
        return new Palette(
                Rgb.parse(background).orElseThrow(),
                List.of(colors).stream()
                        .map(color -> Rgb.parse(color).orElseThrow())
                        .toList());
    }
}
