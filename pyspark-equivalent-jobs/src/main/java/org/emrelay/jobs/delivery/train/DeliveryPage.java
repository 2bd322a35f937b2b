package org.emrelay.jobs.delivery.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.emrelay.jobs.charts.Bars;
import org.emrelay.jobs.charts.Bars.Bar;
import org.emrelay.jobs.charts.Curves;
import org.emrelay.jobs.charts.Curves.Curve;
import org.emrelay.jobs.charts.Dumbbells;
import org.emrelay.jobs.charts.Dumbbells.Pair;
import org.emrelay.jobs.charts.HeatMap;
import org.emrelay.jobs.charts.HistogramChart;
import org.emrelay.jobs.charts.HistogramChart.Series;
import org.emrelay.jobs.learning.RegressionMetrics;
import org.emrelay.jobs.page.Figures;
import org.emrelay.jobs.page.ReportPage;
import org.emrelay.jobs.page.ReportPage.Chart;
import org.emrelay.jobs.page.ReportPage.Tile;

/** The page on which somebody who was not there sees how good the model is, and where it is not. */
record DeliveryPage(DeliveryEvaluation evaluation, PageFigures figures) {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("expected_days", "carrier’s estimate"),
            Map.entry("shipping_priority", "priority"),
            Map.entry("shipping_origin", "origin"),
            Map.entry("computer_brand", "brand"),
            Map.entry("computer_model", "model"),
            Map.entry("bulk", "bulk order"),
            Map.entry("weight", "package weight"),
            Map.entry("screen", "screen size"));
    private static final List<ReportPage.Key> BOTH =
            List.of(new ReportPage.Key("first", "model"), new ReportPage.Key("second", "carrier’s estimate"));

    DeliveryPage {
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(figures, "figures");
    }

    String html() {
        SplitScore validation = evaluation.validation();
        String lead =
                "Judged on " + Figures.count(validation.ours().rows()) + " orders from " + validation.first() + " to "
                        + validation.last() + ", none of which the model had seen; it learned from the "
                        + Figures.count(evaluation.training().ours().rows())
                        + " orders before. The carrier’s own estimate is what it"
                        + " has to beat.";
        return new ReportPage("How many days does a shipment take?", lead)
                .tiles(tiles())
                .heading("Errors", "How far predictions are from the day on which orders arrived, in days.")
                .charts(List.of(residuals(), predictedAndActual()))
                .heading("Where the errors are", "Mean absolute error in days: the further left a dot, the better.")
                .charts(slices())
                .heading("What the model goes by, and whether an order will be late", "")
                .charts(List.of(importances(), calibration()))
                .heading("All figures", "Rounded: predictions in whole days. Lower is better but for R².")
                .table(head(), lines())
                .note("“" + Figures.decimal(evaluation.difference().low(), 2) + " to "
                        + Figures.decimal(evaluation.difference().high(), 2)
                        + " days” above is a paired bootstrap interval:"
                        + " where 95 of 100 such differences would lie, had other orders of the same kind come in.")
                .note(how())
                .html();
    }

    private List<Tile> tiles() {
        RegressionMetrics ours = evaluation.validation().ours();
        RegressionMetrics carrier = evaluation.validation().carrier();
        double more = ours.meanAbsoluteError() / carrier.meanAbsoluteError() - 1;
        SplitScore validation = evaluation.validation();
        return List.of(
                new Tile(
                        Figures.decimal(ours.meanAbsoluteError(), 2) + " days",
                        "Mean absolute error",
                        "carrier’s estimate: " + Figures.decimal(carrier.meanAbsoluteError(), 2)),
                new Tile(
                        (more > 0 ? "+" : "") + Figures.percent(more),
                        "Against the carrier",
                        Figures.decimal(evaluation.difference().low(), 2) + " to "
                                + Figures.decimal(evaluation.difference().high(), 2) + " days"),
                new Tile(
                        share(figures.ourErrors(), 0),
                        "Right to the day",
                        "carrier’s estimate: " + share(figures.carrierErrors(), 0)),
                new Tile(
                        share(figures.ourErrors(), 1),
                        "Right within a day",
                        "carrier’s estimate: " + share(figures.carrierErrors(), 1)),
                new Tile(
                        Figures.decimal(validation.lateAuc(), 3),
                        "Late or not: AUC",
                        "late: " + Figures.percent(validation.lateShare()) + " of the orders"));
    }

    private static String share(SortedMap<Long, Long> errors, long within) {
        long all = errors.values().stream().mapToLong(Long::longValue).sum();
        long right = errors.entrySet().stream()
                .filter(error -> Math.abs(error.getKey()) <= within)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return Figures.percent(right / (double) Math.max(1, all));
    }

    private Chart residuals() {
        String svg = new HistogramChart(
                        "days later (+) or earlier (−) than said",
                        List.of(
                                new Series("first", "model", figures.ourErrors()),
                                new Series("second", "carrier’s estimate", figures.carrierErrors())))
                .svg();
        return new Chart("Residuals", BOTH, svg, "Share of the orders; predictions rounded to whole days.");
    }

    private Chart predictedAndActual() {
        String svg = new HeatMap("predicted days", "actual days", figures.predictedAndActual()).svg();
        return new Chart(
                "Predicted against actual",
                List.of(),
                svg,
                "The stronger the colour, the more orders; on the line the prediction came true.");
    }

    private List<Chart> slices() {
        Map<String, String> headings = Map.of(
                "carrier", "By carrier",
                "shipping_origin", "By origin",
                "distance", "By distance",
                "shipping_priority", "By priority");
        List<Chart> charts = new ArrayList<>();
        for (String kind : PageFigures.KINDS) {
            List<Pair> pairs = figures.slices().getOrDefault(kind, List.of()).stream()
                    .map(slice -> new Pair(
                            slice.name(), Figures.count(slice.orders()) + " orders", slice.ours(), slice.carrier()))
                    .toList();
            charts.add(new Chart(
                    headings.getOrDefault(kind, kind),
                    BOTH,
                    new Dumbbells("mean absolute error, days", pairs).svg(),
                    ""));
        }
        return charts;
    }

    private Chart importances() {
        List<Bar> bars = evaluation.importances().stream()
                .limit(13)
                .map(importance -> new Bar(
                        NAMES.getOrDefault(importance.name(), importance.name().replace('_', ' ')),
                        importance.growth(),
                        (importance.growth() > 0.0005 ? "+" : "") + Figures.decimal(importance.growth(), 3)))
                .toList();
        return new Chart(
                "Importances",
                List.of(),
                new Bars("importances", bars).svg(),
                "By how many days the mean absolute error grows when this is dealt out anew among the orders.");
    }

    private Chart calibration() {
        String svg = new Curves(
                        "chance of being late, as said",
                        "orders that were late",
                        true,
                        List.of(new Curve("first", "late", figures.calibration())))
                .svg();
        long grace = evaluation.arguments().graceDays();
        return new Chart(
                "Chance of being late",
                List.of(),
                svg,
                "Late is more than "
                        + (grace == 0 ? "the carrier’s estimate" : grace + " days above the carrier’s estimate")
                        + ". On the line the chances are as said; a larger dot stands for more orders.");
    }

    private static List<String> head() {
        return List.of("", "Orders", "MAE", "MSE", "RMSE", "R²", "MAE rounded", "MSE rounded");
    }

    private List<List<String>> lines() {
        return List.of(
                line("Validation: model", evaluation.validation().ours()),
                line("Validation: carrier’s estimate", evaluation.validation().carrier()),
                line("Training: model", evaluation.training().ours()),
                line("Training: carrier’s estimate", evaluation.training().carrier()));
    }

    private static List<String> line(String name, RegressionMetrics metrics) {
        return List.of(
                name,
                Figures.count(metrics.rows()),
                Figures.decimal(metrics.meanAbsoluteError(), 3),
                Figures.decimal(metrics.meanSquaredError(), 3),
                Figures.decimal(Math.sqrt(metrics.meanSquaredError()), 3),
                Figures.decimal(metrics.r2(), 3),
                Figures.decimal(metrics.roundedMeanAbsoluteError(), 3),
                Figures.decimal(metrics.roundedMeanSquaredError(), 3));
    }

    private String how() {
        TrainModelArguments arguments = evaluation.arguments();
        String parameters = arguments.modelParameters().values().entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + " " + parameter.getValue().replace("\"", ""))
                .collect(Collectors.joining(", "));
        return "Model: " + arguments.modelType() + ", loss: " + arguments.loss() + ", seed: " + arguments.seed() + ", "
                + parameters + ". What is only known after a delivery is never a feature.";
    }
}
