package org.emrelay.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.ReportPage.Tile;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    @Test
    void tableShowsSmallPrintAndHighlightsARow() {
        String html = new ReportPage("Title", "Lead")
                .table(List.of("", "AUC"), List.of(List.of("gbt", ".8\n.7–.9"), List.of("rf", ".75")), 0)
                .html();

        assertThat(html)
                .contains("<tr class=\"highlighted\"><td>gbt</td><td>.8<small>.7–.9</small></td></tr>")
                .contains("<tr><td>rf</td><td>.75</td></tr>");
    }

    @Test
    void legendDistinguishesLinesFromAreas() {
        Chart chart = new Chart(
                "Heading",
                List.of(
                        new ReportPage.LegendEntry("second", "area"),
                        new ReportPage.LegendEntry("third", "line", true)),
                "<svg></svg>",
                "");

        assertThat(new ReportPage("Title", "Lead").charts(List.of(chart)).html())
                .contains("<span><i class=\"second\"></i>area</span>")
                .contains("<path class=\"line third\" d=\"M2 4L32 4\"/></svg>line</span>");
    }

    @Test
    void escapesAllText() {
        String markup = "<script>alert('&')</script>";

        String html = new ReportPage(markup, markup)
                .tiles(List.of(new Tile(markup, markup, markup)))
                .heading(markup, markup)
                .table(List.of(markup), List.of(List.of(markup + "\n" + markup)))
                .charts(List.of(
                        new Chart(markup, List.of(new ReportPage.LegendEntry("first", markup, true)), "", markup)))
                .note(markup)
                .html();

        assertThat(html)
                .doesNotContain("<script", "http")
                .contains("<small>&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</small>");
    }
}
