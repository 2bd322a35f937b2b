package org.emrelay.pages;

import java.util.List;
import java.util.Objects;

/**
 * Builds a self-contained HTML report of tiles, charts and tables.
 *
 * <p>One file without scripts or external resources: it renders the same in ten years, in light and dark mode, on a
 * phone and in print.
 */
public final class ReportPage {
    private final StringBuilder body = new StringBuilder();
    private final String title;

    /** A headline number with its label and a line of detail. */
    public record Tile(String value, String label, String detail) {
        public Tile {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * One entry of a chart's legend.
     *
     * @param cssClass the style sheet class that defines the colour
     * @param isLine shows a line sample, whose dash pattern distinguishes it without colour, instead of a square
     */
    public record LegendEntry(String cssClass, String label, boolean isLine) {
        public LegendEntry {
            Objects.requireNonNull(cssClass, "cssClass");
            Objects.requireNonNull(label, "label");
        }

        public LegendEntry(String cssClass, String label) {
            this(cssClass, label, false);
        }

        private String swatch() {
            return isLine
                    ? "<svg class=\"sample\" viewBox=\"0 0 34 8\" aria-hidden=\"true\"><path class=\"line " + cssClass
                            + "\" d=\"M2 4L32 4\"/></svg>"
                    : "<i class=\"" + cssClass + "\"></i>";
        }
    }

    public ReportPage(String title, String lead) {
        this.title = Objects.requireNonNull(title, "title");
        body.append("<header><h1>").append(Html.escape(title)).append("</h1>\n<p class=\"lead\">");
        body.append(Html.escape(lead)).append("</p></header>\n");
    }

    public ReportPage tiles(List<Tile> tiles) {
        body.append("<section class=\"tiles\">\n");
        for (Tile tile : tiles) {
            body.append("<div class=\"tile\"><div class=\"label\">")
                    .append(Html.escape(tile.label()))
                    .append("</div><div class=\"value\">")
                    .append(Html.escape(tile.value()))
                    .append("</div><div class=\"detail\">")
                    .append(Html.escape(tile.detail()))
                    .append("</div></div>\n");
        }
        body.append("</section>\n");
        return this;
    }

    public ReportPage heading(String heading, String text) {
        body.append("<div class=\"part\"><h2>").append(Html.escape(heading)).append("</h2>");
        body.append("<p>").append(Html.escape(text)).append("</p></div>\n");
        return this;
    }

    /** Charts in a grid, with as many columns as fit. */
    public ReportPage charts(List<Chart> charts) {
        body.append("<section class=\"charts\">\n");
        for (Chart chart : charts) {
            body.append("<figure><h3>").append(Html.escape(chart.heading())).append("</h3>\n");
            if (!chart.legend().isEmpty()) {
                body.append("<div class=\"legend\">");
                chart.legend()
                        .forEach(entry -> body.append("<span>")
                                .append(entry.swatch())
                                .append(Html.escape(entry.label()))
                                .append("</span>"));
                body.append("</div>\n");
            }
            body.append(chart.svg()).append("\n<figcaption>").append(Html.escape(chart.caption()));
            body.append("</figcaption></figure>\n");
        }
        body.append("</section>\n");
        return this;
    }

    /** A chart with heading, legend and caption. */
    public record Chart(String heading, List<LegendEntry> legend, String svg, String caption) {
        public Chart {
            Objects.requireNonNull(heading, "heading");
            legend = List.copyOf(legend);
            Objects.requireNonNull(svg, "svg");
            Objects.requireNonNull(caption, "caption");
        }
    }

    /** A table of numbers with a text column first; text after a line feed in a cell is small print. */
    public ReportPage table(List<String> header, List<List<String>> rows) {
        return table(header, rows, -1);
    }

    /**
     * A table with a highlighted row.
     *
     * @param highlighted the row's index
     */
    public ReportPage table(List<String> header, List<List<String>> rows, int highlighted) {
        return table("table", header, rows, highlighted);
    }

    /** A left-aligned table of text that wraps. */
    public ReportPage textTable(List<String> header, List<List<String>> rows) {
        return table("table texts", header, rows, -1);
    }

    private ReportPage table(String cssClass, List<String> header, List<List<String>> rows, int highlighted) {
        body.append("<section class=\"").append(cssClass).append("\"><table><thead><tr>");
        header.forEach(cell -> body.append("<th>").append(cell(cell)).append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (int index = 0; index < rows.size(); index++) {
            body.append(index == highlighted ? "<tr class=\"highlighted\">" : "<tr>");
            rows.get(index)
                    .forEach(cell -> body.append("<td>").append(cell(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</tbody></table></section>\n");
        return this;
    }

    private static String cell(String text) {
        int lineFeed = text.indexOf('\n');
        return lineFeed < 0
                ? Html.escape(text)
                : Html.escape(text.substring(0, lineFeed)) + "<small>" + Html.escape(text.substring(lineFeed + 1))
                        + "</small>";
    }

    public ReportPage note(String text) {
        body.append("<p class=\"note\">").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /** Adds markup that the caller has escaped. */
    public ReportPage markup(String html) {
        body.append(html).append('\n');
        return this;
    }

    /** What the page contains, without its head. */
    public String body() {
        return body.toString();
    }

    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + Html.escape(title)
                + "</title>\n<style>\n" + PageStyle.css() + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }
}
