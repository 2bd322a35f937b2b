package org.emrelay.pages.charts;

import java.util.List;
import java.util.Objects;
import org.emrelay.pages.charts.Svg.Anchor;

/** A horizontal bar chart; bars appear in the given order. */
public record BarChart(String description, List<Bar> bars) {
    private static final double ROW_HEIGHT = 25;
    private static final double MIN_LABEL_WIDTH = 132;
    private static final double MAX_LABEL_WIDTH = 228;

    /** Of the widest font in the page's font stack, so that no label is cut off on the left. */
    private static final double CHARACTER_WIDTH = 7.2;

    private static final int MAX_LABEL_LENGTH = (int) ((MAX_LABEL_WIDTH - 12) / CHARACTER_WIDTH);
    private static final double RIGHT_MARGIN = 62;

    public BarChart {
        Objects.requireNonNull(description, "description");
        bars = List.copyOf(bars);
    }

    /** One bar; {@code cssClass} selects its colour in the style sheet. */
    public record Bar(String label, double value, String formattedValue, String cssClass) {
        public Bar {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(formattedValue, "formattedValue");
            Objects.requireNonNull(cssClass, "cssClass");
        }

        public Bar(String label, double value, String formattedValue) {
            this(label, value, formattedValue, "first");
        }

        private String shortLabel() {
            return label.length() <= MAX_LABEL_LENGTH
                    ? label
                    : label.substring(0, MAX_LABEL_LENGTH - 1).strip() + "…";
        }
    }

    public String svg() {
        double max = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double left = labelWidth();
        Scale scale = new Scale(0, Math.max(max, 1e-9), left, Svg.WIDTH - RIGHT_MARGIN);
        Svg svg = new Svg(bars.size() * ROW_HEIGHT + 6, description);
        for (int index = 0; index < bars.size(); index++) {
            Bar bar = bars.get(index);
            double y = index * ROW_HEIGHT + 4;
            double end = scale.of(Math.max(0, bar.value()));
            svg.text("name", left - 9, y + 14, Anchor.END, bar.shortLabel());
            svg.rectangle(
                    bar.cssClass(),
                    left,
                    y + 2,
                    Math.max(1.5, end - left),
                    ROW_HEIGHT - 9,
                    bar.label() + ": " + bar.formattedValue());
            svg.text("value", Math.max(left + 1.5, end) + 7, y + 14, Anchor.START, bar.formattedValue());
        }
        return svg.toString();
    }

    /** The width of the longest label, within bounds. */
    private double labelWidth() {
        int longest =
                bars.stream().mapToInt(bar -> bar.shortLabel().length()).max().orElse(0);
        return Math.max(MIN_LABEL_WIDTH, 12 + longest * CHARACTER_WIDTH);
    }
}
