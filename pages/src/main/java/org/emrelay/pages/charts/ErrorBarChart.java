package org.emrelay.pages.charts;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/**
 * Values with their errors and what they are the means of, side by side.
 *
 * @param included values that the vertical axis shows in any case
 * @param highlighted the index of the point in another colour; -1 for none
 */
public record ErrorBarChart(String xLabel, String yLabel, List<Double> included, List<Point> points, int highlighted) {
    private static final double HEIGHT = 300;
    private static final double LEFT_MARGIN = 46;
    private static final double BOTTOM = HEIGHT - 42;
    private static final double MIN_LABEL_WIDTH = 26;

    public ErrorBarChart {
        Objects.requireNonNull(xLabel, "xLabel");
        Objects.requireNonNull(yLabel, "yLabel");
        included = List.copyOf(included);
        points = List.copyOf(points);
    }

    /**
     * A value.
     *
     * @param value NaN if unknown
     * @param error half of the bar's length; NaN or 0 for no bar
     * @param single the values of which it is the mean
     */
    public record Point(String label, double value, double error, List<Double> single) {
        public Point {
            Objects.requireNonNull(label, "label");
            single = List.copyOf(single);
        }

        private boolean hasBar() {
            return error > 0 && Double.isFinite(error) && Double.isFinite(value);
        }

        private DoubleStream shown() {
            DoubleStream own = hasBar() ? DoubleStream.of(value - error, value + error) : DoubleStream.of(value);
            return DoubleStream.concat(own, single.stream().mapToDouble(Double::doubleValue))
                    .filter(Double::isFinite);
        }
    }

    public String svg() {
        double[] shown = DoubleStream.concat(
                        included.stream().mapToDouble(Double::doubleValue),
                        points.stream().flatMapToDouble(Point::shown))
                .toArray();
        Scale yScale = new Scale(
                DoubleStream.of(shown).min().orElse(0),
                DoubleStream.of(shown).max().orElse(1),
                BOTTOM,
                24);
        Svg svg = new Svg(HEIGHT, yLabel + " by " + xLabel);
        for (double tick : yScale.ticks()) {
            svg.line("grid", LEFT_MARGIN, yScale.of(tick), Svg.WIDTH, yScale.of(tick));
            svg.text("tick", LEFT_MARGIN - 7, yScale.of(tick) + 4, Anchor.END, yScale.label(tick));
        }
        double slot = (Svg.WIDTH - LEFT_MARGIN) / Math.max(1, points.size());
        int labelInterval = (int) Math.ceil(MIN_LABEL_WIDTH / slot);
        for (int index = 0; index < points.size(); index++) {
            double x = LEFT_MARGIN + (index + 0.5) * slot;
            draw(svg, points.get(index), x, yScale, index == highlighted ? "second" : "first");
            if (index % labelInterval == 0) {
                svg.text(
                        "tick", x, BOTTOM + 18, Anchor.MIDDLE, points.get(index).label());
            }
        }
        svg.text("tick", (LEFT_MARGIN + Svg.WIDTH) / 2, HEIGHT - 6, Anchor.MIDDLE, xLabel);
        svg.text("tick", 2, 12, Anchor.START, yLabel);
        return svg.toString();
    }

    private static void draw(Svg svg, Point point, double x, Scale yScale, String cssClass) {
        for (double value : point.single()) {
            if (Double.isFinite(value)) {
                svg.dot("neutral", x, yScale.of(value), 2.4, "");
            }
        }
        if (point.hasBar()) {
            double low = yScale.of(point.value() - point.error());
            double high = yScale.of(point.value() + point.error());
            svg.path(cssClass, List.of(new double[] {x, low}, new double[] {x, high}));
            svg.path(cssClass, List.of(new double[] {x - 5, low}, new double[] {x + 5, low}));
            svg.path(cssClass, List.of(new double[] {x - 5, high}, new double[] {x + 5, high}));
        }
        if (Double.isFinite(point.value())) {
            String error = point.hasBar() ? " ± " + NumberFormats.decimal(point.error(), 3) : "";
            String tooltip = point.label() + ": " + NumberFormats.decimal(point.value(), 3) + error;
            svg.dot(cssClass, x, yScale.of(point.value()), 5, tooltip);
        }
    }
}
