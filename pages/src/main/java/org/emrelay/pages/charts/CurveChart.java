package org.emrelay.pages.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/**
 * A line chart with both axes from 0 to 100 %, for classifier curves.
 *
 * @param referenceLines horizontal lines, such as the base rate
 * @param curves drawn in this order, the last one on top
 */
public record CurveChart(
        String xLabel, String yLabel, boolean hasDiagonal, List<ReferenceLine> referenceLines, List<Curve> curves) {
    private static final double HEIGHT = 330;
    private static final double LEFT_MARGIN = 50;
    private static final double BOTTOM = HEIGHT - 44;
    private static final double RIGHT_MARGIN = 22;
    private static final double MAX_RADIUS = 11;
    private static final double UNIFORM_RADIUS = 5;

    public CurveChart {
        Objects.requireNonNull(xLabel, "xLabel");
        Objects.requireNonNull(yLabel, "yLabel");
        referenceLines = List.copyOf(referenceLines);
        curves = List.copyOf(curves);
    }

    public CurveChart(String xLabel, String yLabel, boolean hasDiagonal, List<Curve> curves) {
        this(xLabel, yLabel, hasDiagonal, List.of(), curves);
    }

    /** A labelled horizontal line at {@code value}, from 0 to 1. */
    public record ReferenceLine(double value, String label) {
        public ReferenceLine {
            Objects.requireNonNull(label, "label");
        }
    }

    /** A line, with a dot at each point that represents rows. */
    public record Curve(String cssClass, String name, List<Point> points) {
        public Curve {
            Objects.requireNonNull(cssClass, "cssClass");
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
        }
    }

    /**
     * One point of a curve, with coordinates from 0 to 1.
     *
     * @param rows the number of rows it represents, shown as the size of its dot; 0 draws no dot
     */
    public record Point(double x, double y, long rows) {}

    public String svg() {
        Scale xScale = new Scale(0, 100, LEFT_MARGIN, Svg.WIDTH - RIGHT_MARGIN);
        Scale yScale = new Scale(0, 100, BOTTOM, 22);
        Svg svg = new Svg(HEIGHT, yLabel + " against " + xLabel);
        for (double tick : xScale.ticks()) {
            svg.line("grid", xScale.of(tick), 22, xScale.of(tick), BOTTOM);
            svg.line("grid", LEFT_MARGIN, yScale.of(tick), Svg.WIDTH - RIGHT_MARGIN, yScale.of(tick));
            svg.text("tick", xScale.of(tick), BOTTOM + 16, Anchor.MIDDLE, xScale.label(tick) + " %");
            svg.text("tick", LEFT_MARGIN - 7, yScale.of(tick) + 4, Anchor.END, yScale.label(tick) + " %");
        }
        if (hasDiagonal) {
            svg.line("guide", xScale.of(0), yScale.of(0), xScale.of(100), yScale.of(100));
        }
        for (ReferenceLine reference : referenceLines) {
            double y = yScale.of(100 * reference.value());
            svg.line("guide", LEFT_MARGIN, y, Svg.WIDTH - RIGHT_MARGIN, y);
            // Above the line, at the left edge, where precision-recall curves leave most space; below it near the top.
            svg.text(
                    "tick", LEFT_MARGIN + 6, reference.value() > 0.9 ? y + 14 : y - 6, Anchor.START, reference.label());
        }
        for (Curve curve : curves) {
            svg.path(
                    curve.cssClass(),
                    curve.points().stream()
                            .map(point -> new double[] {xScale.of(100 * point.x()), yScale.of(100 * point.y())})
                            .toList());
            dots(svg, curve, xScale, yScale);
        }
        svg.text("tick", (LEFT_MARGIN + Svg.WIDTH) / 2, HEIGHT - 6, Anchor.MIDDLE, xLabel);
        svg.text("tick", 2, 12, Anchor.START, yLabel);
        return svg.toString();
    }

    private static void dots(Svg svg, Curve curve, Scale xScale, Scale yScale) {
        double maxRows = curve.points().stream().mapToLong(Point::rows).max().orElse(0);
        double minRows = curve.points().stream().mapToLong(Point::rows).min().orElse(0);
        // Equally large dots would only overlap.
        double maxRadius = 2 * minRows > maxRows ? UNIFORM_RADIUS : MAX_RADIUS;
        for (Point point : curve.points()) {
            if (point.rows() > 0) {
                double radius = 3 + (maxRadius - 3) * Math.sqrt(point.rows() / maxRows);
                String tooltip = String.format(
                        Locale.ROOT,
                        "%s: predicted %s, observed %s, %s rows",
                        curve.name(),
                        NumberFormats.percent(point.x()),
                        NumberFormats.percent(point.y()),
                        NumberFormats.count(point.rows()));
                svg.dot(curve.cssClass(), xScale.of(100 * point.x()), yScale.of(100 * point.y()), radius, tooltip);
            }
        }
    }
}
