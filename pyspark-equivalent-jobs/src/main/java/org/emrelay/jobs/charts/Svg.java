package org.emrelay.jobs.charts;

import java.util.Locale;
import org.emrelay.jobs.page.Html;

/** A drawing as text; colours and sizes of letters are the style sheet's, so that it follows the page into the dark. */
final class Svg {
    /** All charts are drawn for this width and grow or shrink with their place: letters keep their proportion. */
    static final double WIDTH = 460;

    private final StringBuilder drawing = new StringBuilder();
    private final double height;
    private final String meaning;

    /** Where a text begins, or ends, at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg(double height, String meaning) {
        this.height = height;
        this.meaning = meaning;
    }

    Svg rectangle(String kind, double x, double y, double width, double tall, String tip) {
        return rectangle(kind, x, y, width, tall, 1, tip);
    }

    Svg rectangle(String kind, double x, double y, double width, double tall, double opacity, String tip) {
        drawing.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"%s>%s</rect>%n",
                kind,
                x,
                y,
                Math.max(0, width),
                Math.max(0, tall),
                opacity < 1 ? String.format(Locale.ROOT, " opacity=\"%.3f\"", opacity) : "",
                tip(tip)));
        return this;
    }

    Svg line(String kind, double fromX, double fromY, double toX, double toY) {
        drawing.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                fromX,
                fromY,
                toX,
                toY));
        return this;
    }

    Svg dot(String kind, double x, double y, double radius, String tip) {
        drawing.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">%s</circle>%n",
                kind,
                x,
                y,
                radius,
                tip(tip)));
        return this;
    }

    Svg path(String kind, Iterable<double[]> points) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", point[0], point[1]));
        }
        drawing.append("<path class=\"line ")
                .append(kind)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
        return this;
    }

    Svg text(String kind, double x, double y, Anchor anchor, String text) {
        drawing.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                Html.escaped(text)));
        return this;
    }

    private static String tip(String text) {
        return text.isEmpty() ? "" : "<title>" + Html.escaped(text) + "</title>";
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                        WIDTH,
                        height,
                        Html.escaped(meaning))
                + drawing + "</svg>";
    }
}
