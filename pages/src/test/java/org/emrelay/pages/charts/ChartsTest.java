package org.emrelay.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.pages.charts.BarChart.Bar;
import org.emrelay.pages.charts.CurveChart.Curve;
import org.emrelay.pages.charts.CurveChart.Point;
import org.emrelay.pages.charts.CurveChart.ReferenceLine;
import org.emrelay.pages.charts.HistogramChart.Series;
import org.junit.jupiter.api.Test;

class ChartsTest {
    @Test
    void referenceLineIsHorizontalAndLabelled() {
        Curve curve = new Curve("first", "gbt", List.of(new Point(0, 1, 0), new Point(1, 0.25, 0)));

        String svg = new CurveChart(
                        "recall", "precision", false, List.of(new ReferenceLine(0.5, "half")), List.of(curve))
                .svg();

        // The plot area reaches from y = 22 to y = 286; its middle is 154.
        assertThat(svg)
                .contains("<line class=\"guide\" x1=\"50.0\" y1=\"154.0\" x2=\"438.0\" y2=\"154.0\"/>")
                .contains(">half</text>")
                .contains("<path class=\"line first\" d=\"M50.0 22.0L438.0 220.0\"/>");
    }

    @Test
    void barChartReservesSpaceForLongLabelsUpToAMaximum() {
        String longLabel = "a_label_that_is_much_longer_than_the_chart_has_space_for";

        String svg = new BarChart(
                        "description", List.of(new Bar("short", 2, "2"), new Bar(longLabel, 1, "1", "second")))
                .svg();

        assertThat(svg)
                .contains(">a_label_that_is_much_longer_t…</text>")
                .contains("<title>" + longLabel + ": 1</title>")
                .contains("<rect class=\"first\" x=\"228.0\"", "<rect class=\"second\" x=\"228.0\"");
        assertThat(new BarChart("description", List.of(new Bar("short", 2, "2"))).svg())
                .contains("<rect class=\"first\" x=\"132.0\"");
    }

    @Test
    void histogramLabelsItsBins() {
        Series series = new Series("first", "churned", new TreeMap<>(Map.of(0L, 3L, 1L, 1L)));

        String svg = new HistogramChart("day", List.of(series), 300, List.of("Mon", "Tue")).svg();

        assertThat(svg)
                .startsWith("<svg viewBox=\"0 0 460 300\"")
                .contains(">Mon</text>", ">Tue</text>", "<title>churned, Tue: 25 %</title>");
    }

    @Test
    void dotsAreSmallIfAllRepresentSimilarRowCounts() {
        assertThat(dots(40, 42)).contains("r=\"5.0\"").doesNotContain("r=\"11.0\"");
        assertThat(dots(2, 42)).contains("r=\"11.0\"");
    }

    private static String dots(long rows, long others) {
        Curve curve = new Curve("first", "gbt", List.of(new Point(0, 0.1, rows), new Point(1, 0.9, others)));
        return new CurveChart("predicted", "observed", true, List.of(curve)).svg();
    }
}
