package org.emrelay.pages.charts;

import java.util.List;
import java.util.Objects;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/** Shows a value and its baseline per row as two connected dots. */
public record DumbbellChart(String xLabel, List<Pair> pairs) {
    private static final double ROW_HEIGHT = 35;
    private static final double LEFT_MARGIN = 138;
    private static final double RIGHT_MARGIN = 14;

    public DumbbellChart {
        Objects.requireNonNull(xLabel, "xLabel");
        pairs = List.copyOf(pairs);
    }

    /** One row of the chart; the note appears in small print below the label. */
    public record Pair(String label, String note, double value, double baseline) {
        public Pair {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(note, "note");
        }
    }

    public String svg() {
        double max = pairs.stream()
                .mapToDouble(pair -> Math.max(pair.value(), pair.baseline()))
                .max()
                .orElse(1);
        Scale scale = new Scale(0, max * 1.04, LEFT_MARGIN, Svg.WIDTH - RIGHT_MARGIN);
        double bottom = pairs.size() * ROW_HEIGHT + 8;
        Svg svg = new Svg(bottom + 36, xLabel);
        for (double tick : scale.ticks()) {
            svg.line("grid", scale.of(tick), 2, scale.of(tick), bottom);
            svg.text("tick", scale.of(tick), bottom + 14, Anchor.MIDDLE, scale.label(tick));
        }
        for (int index = 0; index < pairs.size(); index++) {
            Pair pair = pairs.get(index);
            double y = index * ROW_HEIGHT + ROW_HEIGHT / 2;
            svg.text("name", LEFT_MARGIN - 12, y, Anchor.END, pair.label());
            svg.text("tick", LEFT_MARGIN - 12, y + 13, Anchor.END, pair.note());
            svg.line("link", scale.of(pair.value()), y, scale.of(pair.baseline()), y);
            // The larger dot below the smaller one: both stay visible if the values are equal.
            svg.dot(
                    "second",
                    scale.of(pair.baseline()),
                    y,
                    7,
                    pair.label() + ": " + NumberFormats.decimal(pair.baseline(), 2));
            svg.dot(
                    "first",
                    scale.of(pair.value()),
                    y,
                    4.5,
                    pair.label() + ": " + NumberFormats.decimal(pair.value(), 2));
        }
        svg.text("tick", (LEFT_MARGIN + Svg.WIDTH) / 2, bottom + 31, Anchor.MIDDLE, xLabel);
        return svg.toString();
    }
}
