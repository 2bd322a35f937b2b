package org.emrelay.jobs.delivery.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.emrelay.jobs.learning.RegressionMetrics;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.ReportPage.Tile;
import org.emrelay.pages.charts.BarChart;
import org.emrelay.pages.charts.BarChart.Bar;
import org.emrelay.pages.charts.CurveChart;
import org.emrelay.pages.charts.CurveChart.Curve;
import org.emrelay.pages.charts.DumbbellChart;
import org.emrelay.pages.charts.DumbbellChart.Pair;
import org.emrelay.pages.charts.HeatMap;
import org.emrelay.pages.charts.HistogramChart;
import org.emrelay.pages.charts.HistogramChart.Series;

/** The report page of the delivery model: errors, their breakdown, importances and calibration. */
record DeliveryPage(DeliveryEvaluation evaluation, ValidationBreakdown breakdown) {
    private static final Map<String, String> FEATURE_LABELS = Map.ofEntries(
            Map.entry("expected_days", "carrier’s estimate"),
            Map.entry("shipping_priority", "priority"),
            Map.entry("shipping_origin", "origin"),
            Map.entry("computer_brand", "brand"),
            Map.entry("computer_model", "model"),
            Map.entry("bulk", "bulk order"),
            Map.entry("weight", "package weight"),
            Map.entry("screen", "screen size"));
    private static final List<ReportPage.LegendEntry> LEGEND = List.of(
            new ReportPage.LegendEntry("first", "model"), new ReportPage.LegendEntry("second", "carrier’s estimate"));

    DeliveryPage {
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(breakdown, "breakdown");
    }

    String html() {
        SplitMetrics validation = evaluation.validation();
        String lead = "Evaluated on " + NumberFormats.count(validation.model().rows()) + " held-out orders from "
                + validation.first()
                + " to " + validation.last() + "; trained on the "
                + NumberFormats.count(evaluation.training().model().rows())
                + " earlier orders. The baseline is the carrier’s estimate.";
        return new ReportPage("How many days does a shipment take?", lead)
                .tiles(tiles())
                .heading("Errors", "Differences between predicted and actual delivery time, in days.")
                .charts(List.of(residuals(), predictedAndActual()))
                .heading("Error breakdown", "Mean absolute error in days: further left is better.")
                .charts(slices())
                .heading("Feature importance and late probability", "")
                .charts(List.of(importances(), calibration()))
                .heading("All metrics", "Rounded: predictions rounded to whole days. Lower is better, except for R².")
                .table(header(), rows())
                .note("The 95 % confidence interval of the difference in MAE is from a paired bootstrap.")
                .note(settings())
                .html();
    }

    private List<Tile> tiles() {
        RegressionMetrics model = evaluation.validation().model();
        RegressionMetrics carrier = evaluation.validation().carrier();
        double change = model.meanAbsoluteError() / carrier.meanAbsoluteError() - 1;
        SplitMetrics validation = evaluation.validation();
        return List.of(
                new Tile(
                        NumberFormats.decimal(model.meanAbsoluteError(), 2) + " days",
                        "Mean absolute error",
                        "carrier’s estimate: " + NumberFormats.decimal(carrier.meanAbsoluteError(), 2)),
                new Tile(
                        (change > 0 ? "+" : "") + NumberFormats.percent(change),
                        "MAE relative to the carrier",
                        NumberFormats.decimal(evaluation.difference().low(), 2) + " to "
                                + NumberFormats.decimal(evaluation.difference().high(), 2) + " days (95 % CI)"),
                new Tile(
                        share(breakdown.modelErrors(), 0),
                        "Exact to the day",
                        "carrier’s estimate: " + share(breakdown.carrierErrors(), 0)),
                new Tile(
                        share(breakdown.modelErrors(), 1),
                        "Within one day",
                        "carrier’s estimate: " + share(breakdown.carrierErrors(), 1)),
                new Tile(
                        NumberFormats.decimal(validation.lateAuc(), 3),
                        "AUC, late delivery",
                        "base rate: " + NumberFormats.percent(validation.lateBaseRate())));
    }

    private static String share(SortedMap<Long, Long> errors, long within) {
        long total = errors.values().stream().mapToLong(Long::longValue).sum();
        long matching = errors.entrySet().stream()
                .filter(error -> Math.abs(error.getKey()) <= within)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return NumberFormats.percent(matching / (double) Math.max(1, total));
    }

    private Chart residuals() {
        String svg = new HistogramChart(
                        "days later (+) or earlier (−) than predicted",
                        List.of(
                                new Series("first", "model", breakdown.modelErrors()),
                                new Series("second", "carrier’s estimate", breakdown.carrierErrors())))
                .svg();
        return new Chart("Residuals", LEGEND, svg, "Share of orders; predictions rounded to whole days.");
    }

    private Chart predictedAndActual() {
        String svg = new HeatMap("predicted days", "actual days", breakdown.predictedAndActual()).svg();
        return new Chart(
                "Predicted vs. actual",
                List.of(),
                svg,
                "Darker cells mean more orders; on the diagonal, the prediction was exact.");
    }

    private List<Chart> slices() {
        Map<String, String> headings = Map.of(
                "carrier", "By carrier",
                "shipping_origin", "By origin",
                "distance", "By distance",
                "shipping_priority", "By priority");
        List<Chart> charts = new ArrayList<>();
        for (String dimension : ValidationBreakdown.DIMENSIONS) {
            List<Pair> pairs = breakdown.slices().getOrDefault(dimension, List.of()).stream()
                    .map(slice -> new Pair(
                            slice.name(),
                            NumberFormats.count(slice.orders()) + " orders",
                            slice.model(),
                            slice.carrier()))
                    .toList();
            charts.add(new Chart(
                    headings.getOrDefault(dimension, dimension),
                    LEGEND,
                    new DumbbellChart("mean absolute error, days", pairs).svg(),
                    ""));
        }
        return charts;
    }

    private Chart importances() {
        List<Bar> bars = evaluation.importances().stream()
                .limit(13)
                .map(importance -> new Bar(
                        FEATURE_LABELS.getOrDefault(
                                importance.name(), importance.name().replace('_', ' ')),
                        importance.lossIncrease(),
                        (importance.lossIncrease() > 0.0005 ? "+" : "")
                                + NumberFormats.decimal(importance.lossIncrease(), 3)))
                .toList();
        return new Chart(
                "Permutation importance",
                List.of(),
                new BarChart("permutation importance", bars).svg(),
                "Increase of the mean absolute error, in days, when one feature is permuted.");
    }

    private Chart calibration() {
        String svg = new CurveChart(
                        "mean predicted probability",
                        "observed rate",
                        true,
                        List.of(new Curve("first", "late", breakdown.calibration())))
                .svg();
        long grace = evaluation.arguments().graceDays();
        return new Chart(
                "Calibration of late probability",
                List.of(),
                svg,
                "Late: more than "
                        + (grace == 0 ? "the carrier’s estimate" : grace + " days above the carrier’s estimate")
                        + ". On the diagonal, probabilities are calibrated; a larger dot represents more orders.");
    }

    private static List<String> header() {
        return List.of("", "Orders", "MAE", "MSE", "RMSE", "R²", "MAE rounded", "MSE rounded");
    }

    private List<List<String>> rows() {
        return List.of(
                row("Validation: model", evaluation.validation().model()),
                row("Validation: carrier’s estimate", evaluation.validation().carrier()),
                row("Training: model", evaluation.training().model()),
                row("Training: carrier’s estimate", evaluation.training().carrier()));
    }

    private static List<String> row(String name, RegressionMetrics metrics) {
        return List.of(
                name,
                NumberFormats.count(metrics.rows()),
                NumberFormats.decimal(metrics.meanAbsoluteError(), 3),
                NumberFormats.decimal(metrics.meanSquaredError(), 3),
                NumberFormats.decimal(Math.sqrt(metrics.meanSquaredError()), 3),
                NumberFormats.decimal(metrics.r2(), 3),
                NumberFormats.decimal(metrics.roundedMeanAbsoluteError(), 3),
                NumberFormats.decimal(metrics.roundedMeanSquaredError(), 3));
    }

    private String settings() {
        TrainModelArguments arguments = evaluation.arguments();
        String parameters = arguments.modelParameters().values().entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + " " + parameter.getValue().replace("\"", ""))
                .collect(Collectors.joining(", "));
        return "Model: " + arguments.modelType() + ", loss: " + arguments.loss() + ", seed: " + arguments.seed() + ", "
                + parameters + ". All features are known at order time.";
    }
}
