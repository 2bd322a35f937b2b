package org.emrelay.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.pages.charts.BarChart.Bar;
import org.emrelay.pages.charts.BubbleChart.Bubble;
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

    @Test
    void bubblesHaveTrueDistancesAndAreas() {
        String svg = new BubbleChart(
                        "map",
                        List.of(
                                new Bubble(0, 0, 0.4, "0", "large", "t-0"),
                                new Bubble(1, 0, 0.1, "1", "small", "t-1"),
                                new Bubble(0, 0.5, 0.1, "2", "above", "t-2")))
                .svg();

        // Radius 40 for .4 and so 20 for .1; one unit is 364 wide and as high.
        assertThat(svg)
                .contains("<a href=\"#t-0\"><title>0: large, 40 %</title>")
                .contains("cx=\"48.0\" cy=\"230.0\" r=\"40.0\"")
                .contains("cx=\"412.0\" cy=\"230.0\" r=\"20.0\"")
                .contains("cx=\"48.0\" cy=\"48.0\" r=\"20.0\"");
    }

    @Test
    void bubblesOnOnePointOrWithoutSizeAreDrawn() {
        String svg = new BubbleChart(
                        "map",
                        List.of(
                                new Bubble(Double.NaN, 0, Double.NaN, "0", "<b>", "t-0"),
                                new Bubble(0, 0, 0, "1", "same", "t-1")))
                .svg();

        assertThat(svg).contains("cx=\"230.0\" cy=\"100.0\" r=\"2.5\"").doesNotContain("NaN", "<b>");
    }

    @Test
    void errorBarsReachAsFarAsTheError() {
        String svg = new ErrorBarChart(
                        "k",
                        "NPMI",
                        List.of(0.0),
                        List.of(
                                new ErrorBarChart.Point("2", 0.1, 0.1, List.of(0.05, 0.15)),
                                new ErrorBarChart.Point("3", Double.NaN, Double.NaN, List.of())),
                        0)
                .svg();

        // The axis reaches from 0 at y = 258 to .2 at y = 24; the first point's x is 149.5.
        assertThat(svg)
                .contains("<path class=\"line second\" d=\"M149.5 258.0L149.5 24.0\"/>")
                .contains("<title>2: 0.100 ± 0.100</title>")
                .contains(">3</text>")
                .doesNotContain("NaN");
    }
}
