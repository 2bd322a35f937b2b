package org.emrelay.jobs.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A page with figures, charts and tables in one file, without a script and without anything from elsewhere: it opens in ten
 * years as it does today, in light and dark, on a phone as on paper.
 */
public final class ReportPage {
    private final StringBuilder body = new StringBuilder();
    private final String title;

    /** A figure that stands large, with what it means. */
    public record Tile(String figure, String meaning, String beside) {
        public Tile {
            Objects.requireNonNull(figure, "figure");
            Objects.requireNonNull(meaning, "meaning");
            Objects.requireNonNull(beside, "beside");
        }
    }

    /**
     * One line of a legend: a class of the style sheet that has the colour, and what it stands for.
     *
     * @param isLine whether it is shown as the chart's line, whose dashes tell it from others where colours do not
     */
    public record Key(String colour, String meaning, boolean isLine) {
        public Key {
            Objects.requireNonNull(colour, "colour");
            Objects.requireNonNull(meaning, "meaning");
        }

        public Key(String colour, String meaning) {
            this(colour, meaning, false);
        }

        private String sample() {
            return isLine
                    ? "<svg class=\"sample\" viewBox=\"0 0 34 8\" aria-hidden=\"true\"><path class=\"line " + colour
                            + "\" d=\"M2 4L32 4\"/></svg>"
                    : "<i class=\"" + colour + "\"></i>";
        }
    }

    public ReportPage(String title, String lead) {
        this.title = Objects.requireNonNull(title, "title");
        body.append("<header><h1>").append(Html.escaped(title)).append("</h1>\n<p class=\"lead\">");
        body.append(Html.escaped(lead)).append("</p></header>\n");
    }

    public ReportPage tiles(List<Tile> tiles) {
        body.append("<section class=\"tiles\">\n");
        for (Tile tile : tiles) {
            body.append("<div class=\"tile\"><div class=\"meaning\">")
                    .append(Html.escaped(tile.meaning()))
                    .append("</div><div class=\"figure\">")
                    .append(Html.escaped(tile.figure()))
                    .append("</div><div class=\"beside\">")
                    .append(Html.escaped(tile.beside()))
                    .append("</div></div>\n");
        }
        body.append("</section>\n");
        return this;
    }

    public ReportPage heading(String heading, String text) {
        body.append("<div class=\"part\"><h2>").append(Html.escaped(heading)).append("</h2>");
        body.append("<p>").append(Html.escaped(text)).append("</p></div>\n");
        return this;
    }

    /** Charts side by side where there is room. */
    public ReportPage charts(List<Chart> charts) {
        body.append("<section class=\"charts\">\n");
        for (Chart chart : charts) {
            body.append("<figure><h3>").append(Html.escaped(chart.heading())).append("</h3>\n");
            if (!chart.keys().isEmpty()) {
                body.append("<div class=\"keys\">");
                chart.keys()
                        .forEach(key -> body.append("<span>")
                                .append(key.sample())
                                .append(Html.escaped(key.meaning()))
                                .append("</span>"));
                body.append("</div>\n");
            }
            body.append(chart.svg()).append("\n<figcaption>").append(Html.escaped(chart.caption()));
            body.append("</figcaption></figure>\n");
        }
        body.append("</section>\n");
        return this;
    }

    /** A chart with what is said around it. */
    public record Chart(String heading, List<Key> keys, String svg, String caption) {
        public Chart {
            Objects.requireNonNull(heading, "heading");
            keys = List.copyOf(keys);
            Objects.requireNonNull(svg, "svg");
            Objects.requireNonNull(caption, "caption");
        }
    }

    /** The first column is text, the others are figures; what stands after a line feed is small print. */
    public ReportPage table(List<String> head, List<List<String>> lines) {
        return table(head, lines, -1);
    }

    /**
     * A table one line of which stands out.
     *
     * @param marked its number, from 0 on
     */
    public ReportPage table(List<String> head, List<List<String>> lines, int marked) {
        return table("table", head, lines, marked);
    }

    /** A table of text, which may be long. */
    public ReportPage texts(List<String> head, List<List<String>> lines) {
        return table("table texts", head, lines, -1);
    }

    private ReportPage table(String kind, List<String> head, List<List<String>> lines, int marked) {
        body.append("<section class=\"").append(kind).append("\"><table><thead><tr>");
        head.forEach(cell -> body.append("<th>").append(cell(cell)).append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (int number = 0; number < lines.size(); number++) {
            body.append(number == marked ? "<tr class=\"marked\">" : "<tr>");
            lines.get(number)
                    .forEach(cell -> body.append("<td>").append(cell(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</tbody></table></section>\n");
        return this;
    }

    private static String cell(String text) {
        int feed = text.indexOf('\n');
        return feed < 0
                ? Html.escaped(text)
                : Html.escaped(text.substring(0, feed)) + "<small>" + Html.escaped(text.substring(feed + 1))
                        + "</small>";
    }

    public ReportPage note(String text) {
        body.append("<p class=\"note\">").append(Html.escaped(text)).append("</p>\n");
        return this;
    }

    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + Html.escaped(title)
                + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream stream = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("reading the style sheet failed", failed);
        }
    }
}
