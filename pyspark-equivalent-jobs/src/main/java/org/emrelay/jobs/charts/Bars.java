package org.emrelay.jobs.charts;

import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.charts.Svg.Anchor;

/** Named figures as bars from the largest down, as they are given. */
public record Bars(String meaning, List<Bar> bars) {
    private static final double LINE = 25;
    private static final double LEAST_LEFT = 132;
    private static final double MOST_LEFT = 228;

    /** Of the widest of the fonts that a page may be shown in: of a name whose beginning is cut off nothing can be read. */
    private static final double LETTER = 7.2;

    private static final int LONGEST_NAME = (int) ((MOST_LEFT - 12) / LETTER);
    private static final double RIGHT = 62;

    public Bars {
        Objects.requireNonNull(meaning, "meaning");
        bars = List.copyOf(bars);
    }

    /** A figure, how it is written, and the colour of its bar in the style sheet. */
    public record Bar(String name, double figure, String written, String colour) {
        public Bar {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(colour, "colour");
        }

        public Bar(String name, double figure, String written) {
            this(name, figure, written, "first");
        }

        private String shortName() {
            return name.length() <= LONGEST_NAME
                    ? name
                    : name.substring(0, LONGEST_NAME - 1).strip() + "…";
        }
    }

    public String svg() {
        double most = bars.stream().mapToDouble(Bar::figure).max().orElse(1);
        double left = left();
        Scale scale = new Scale(0, Math.max(most, 1e-9), left, Svg.WIDTH - RIGHT);
        Svg svg = new Svg(bars.size() * LINE + 6, meaning);
        for (int line = 0; line < bars.size(); line++) {
            Bar bar = bars.get(line);
            double y = line * LINE + 4;
            double end = scale.of(Math.max(0, bar.figure()));
            svg.text("name", left - 9, y + 14, Anchor.END, bar.shortName());
            svg.rectangle(
                    bar.colour(), left, y + 2, Math.max(1.5, end - left), LINE - 9, bar.name() + ": " + bar.written());
            svg.text("value", Math.max(left + 1.5, end) + 7, y + 14, Anchor.START, bar.written());
        }
        return svg.toString();
    }

    /** As much as the longest name needs, within reason. */
    private double left() {
        int longest =
                bars.stream().mapToInt(bar -> bar.shortName().length()).max().orElse(0);
        return Math.max(LEAST_LEFT, 12 + longest * LETTER);
    }
}
