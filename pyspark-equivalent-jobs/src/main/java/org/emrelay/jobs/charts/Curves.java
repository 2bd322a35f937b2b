package org.emrelay.jobs.charts;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.jobs.charts.Svg.Anchor;
import org.emrelay.jobs.page.Figures;

/**
 * Shares against shares, from 0 to 100 per cent on both sides: calibration, and all the curves of a classifier.
 *
 * @param levels lines straight across, for a share that needs no model
 * @param curves the last lies on top of the others
 */
public record Curves(String horizontal, String vertical, boolean hasDiagonal, List<Level> levels, List<Curve> curves) {
    private static final double HEIGHT = 330;
    private static final double LEFT = 50;
    private static final double BOTTOM = HEIGHT - 44;
    private static final double RIGHT = 22;
    private static final double LARGEST_DOT = 11;
    private static final double SMALL_DOT = 5;

    public Curves {
        Objects.requireNonNull(horizontal, "horizontal");
        Objects.requireNonNull(vertical, "vertical");
        levels = List.copyOf(levels);
        curves = List.copyOf(curves);
    }

    public Curves(String horizontal, String vertical, boolean hasDiagonal, List<Curve> curves) {
        this(horizontal, vertical, hasDiagonal, List.of(), curves);
    }

    /** A share, and what it is. */
    public record Level(double share, String name) {
        public Level {
            Objects.requireNonNull(name, "name");
        }
    }

    /** A line in a colour of the style sheet; with dots where the points stand for rows. */
    public record Curve(String colour, String name, List<Point> points) {
        public Curve {
            Objects.requireNonNull(colour, "colour");
            Objects.requireNonNull(name, "name");
            points = List.copyOf(points);
        }
    }

    /**
     * One point.
     *
     * @param rows how many rows it stands for, which makes its dot larger; 0 for a point of a line alone
     */
    public record Point(double across, double up, long rows) {}

    public String svg() {
        Scale across = new Scale(0, 100, LEFT, Svg.WIDTH - RIGHT);
        Scale up = new Scale(0, 100, BOTTOM, 22);
        Svg svg = new Svg(HEIGHT, vertical + " against " + horizontal);
        for (double tick : across.ticks()) {
            svg.line("grid", across.of(tick), 22, across.of(tick), BOTTOM);
            svg.line("grid", LEFT, up.of(tick), Svg.WIDTH - RIGHT, up.of(tick));
            svg.text("tick", across.of(tick), BOTTOM + 16, Anchor.MIDDLE, across.label(tick) + " %");
            svg.text("tick", LEFT - 7, up.of(tick) + 4, Anchor.END, up.label(tick) + " %");
        }
        if (hasDiagonal) {
            svg.line("guide", across.of(0), up.of(0), across.of(100), up.of(100));
        }
        for (Level level : levels) {
            double y = up.of(100 * level.share());
            svg.line("guide", LEFT, y, Svg.WIDTH - RIGHT, y);
            // Above the line on the left, where of all curves of precision there is the most room; below it near the
            // top.
            svg.text("tick", LEFT + 6, level.share() > 0.9 ? y + 14 : y - 6, Anchor.START, level.name());
        }
        for (Curve curve : curves) {
            svg.path(
                    curve.colour(),
                    curve.points().stream()
                            .map(point -> new double[] {across.of(100 * point.across()), up.of(100 * point.up())})
                            .toList());
            dots(svg, curve, across, up);
        }
        svg.text("tick", (LEFT + Svg.WIDTH) / 2, HEIGHT - 6, Anchor.MIDDLE, horizontal);
        svg.text("tick", 2, 12, Anchor.START, vertical);
        return svg.toString();
    }

    private static void dots(Svg svg, Curve curve, Scale across, Scale up) {
        double most = curve.points().stream().mapToLong(Point::rows).max().orElse(0);
        double least = curve.points().stream().mapToLong(Point::rows).min().orElse(0);
        // Where all stand for about as many rows, large dots would only hide one another.
        double largest = 2 * least > most ? SMALL_DOT : LARGEST_DOT;
        for (Point point : curve.points()) {
            if (point.rows() > 0) {
                double radius = 3 + (largest - 3) * Math.sqrt(point.rows() / most);
                String tip = String.format(
                        Locale.ROOT,
                        "%s: said %s, came true %s, of %s",
                        curve.name(),
                        Figures.percent(point.across()),
                        Figures.percent(point.up()),
                        Figures.count(point.rows()));
                svg.dot(curve.colour(), across.of(100 * point.across()), up.of(100 * point.up()), radius, tip);
            }
        }
    }
}
