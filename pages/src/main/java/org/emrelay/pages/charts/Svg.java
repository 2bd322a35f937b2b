package org.emrelay.pages.charts;

import java.util.Locale;
import org.emrelay.pages.Html;

/** Builds an SVG element. Colours and font sizes come from the page's style sheet, so that dark mode applies. */
final class Svg {
    /** View box width of all charts: they scale with their container, and font sizes stay proportional. */
    static final double WIDTH = 460;

    private final StringBuilder elements = new StringBuilder();
    private final double height;
    private final String description;

    /** SVG's text-anchor. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg(double height, String description) {
        this.height = height;
        this.description = description;
    }

    Svg rectangle(String cssClass, double x, double y, double width, double height, String tooltip) {
        return rectangle(cssClass, x, y, width, height, 1, tooltip);
    }

    Svg rectangle(String cssClass, double x, double y, double width, double height, double opacity, String tooltip) {
        elements.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"%s>%s</rect>%n",
                cssClass,
                x,
                y,
                Math.max(0, width),
                Math.max(0, height),
                opacity < 1 ? String.format(Locale.ROOT, " opacity=\"%.3f\"", opacity) : "",
                tooltip(tooltip)));
        return this;
    }

    Svg line(String cssClass, double fromX, double fromY, double toX, double toY) {
        elements.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                cssClass,
                fromX,
                fromY,
                toX,
                toY));
        return this;
    }

    Svg dot(String cssClass, double x, double y, double radius, String tooltip) {
        elements.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">%s</circle>%n",
                cssClass,
                x,
                y,
                radius,
                tooltip(tooltip)));
        return this;
    }

    Svg path(String cssClass, Iterable<double[]> points) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", point[0], point[1]));
        }
        elements.append("<path class=\"line ")
                .append(cssClass)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
        return this;
    }

    Svg text(String cssClass, double x, double y, Anchor anchor, String text) {
        elements.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                cssClass,
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                Html.escape(text)));
        return this;
    }

    /** Makes the elements until {@link #endLink} a link within the page. */
    Svg startLink(String target, String tooltip) {
        elements.append("<a href=\"#")
                .append(Html.escape(target))
                .append("\">")
                .append(tooltip(tooltip))
                .append('\n');
        return this;
    }

    Svg endLink() {
        elements.append("</a>\n");
        return this;
    }

    private static String tooltip(String text) {
        return text.isEmpty() ? "" : "<title>" + Html.escape(text) + "</title>";
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                        WIDTH,
                        height,
                        Html.escape(description))
                + elements + "</svg>";
    }
}
