package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.emrelay.jobs.classification.evaluate.NativeImportance.Weight;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.charts.BarChart;
import org.emrelay.pages.charts.BarChart.Bar;

/** Bar charts of a model's permutation importance and native importance. */
record ImportanceCharts(EvaluatedModel model) {
    private static final int MAX_BARS = 14;

    List<Chart> charts() {
        return List.of(permutationImportance(), nativeImportance());
    }

    private Chart permutationImportance() {
        List<Bar> bars = model.permutationImportances().measured().stream()
                .limit(MAX_BARS)
                .map(importance ->
                        new Bar(readable(importance.name()), importance.lossIncrease(), lossIncrease(importance)))
                .toList();
        return new Chart(
                "Permutation importance: " + model.name(),
                List.of(),
                new BarChart("permutation importances of " + model.name(), bars).svg(),
                "Increase of the log loss ("
                        + NumberFormats.decimal(
                                model.predictions().calibration().logLoss(), 3)
                        + ") on the held-out rows when one feature is permuted. Correlated features share their importance,"
                        + " so each seems less important than it is." + skippedFeatures());
    }

    private String skippedFeatures() {
        int skipped = model.permutationImportances().skipped().size();
        return skipped == 0
                ? ""
                : " Only the "
                        + NumberFormats.count(
                                model.permutationImportances().measured().size())
                        + " features with the highest native importance were permuted; "
                        + NumberFormats.count(skipped) + " were skipped (listed in metrics.json, not_permuted).";
    }

    private Chart nativeImportance() {
        NativeImportance importance = model.nativeImportance();
        List<Bar> bars =
                importance.weights().stream().limit(MAX_BARS).map(this::bar).toList();
        return importance.hasDirection()
                ? new Chart(
                        "Weights: " + model.name(),
                        List.of(
                                new ReportPage.LegendEntry("first", "raises the probability"),
                                new ReportPage.LegendEntry("second", "lowers it")),
                        new BarChart("weights of " + model.name(), bars).svg(),
                        "The model's weights of the scaled features.")
                : new Chart(
                        "Gain importance: " + model.name(),
                        List.of(),
                        new BarChart("importances of " + model.name(), bars).svg(),
                        "Share of the total gain of all splits, on the training rows.");
    }

    private Bar bar(Weight weight) {
        double value = weight.weight();
        return model.nativeImportance().hasDirection()
                ? new Bar(
                        readable(weight.name()),
                        Math.abs(value),
                        (value > 0 ? "+" : "") + NumberFormats.decimal(value, 2),
                        value < 0 ? "second" : "first")
                : new Bar(readable(weight.name()), value, NumberFormats.percent(value));
    }

    private static String lossIncrease(Importance importance) {
        return (importance.lossIncrease() > 0.00005 ? "+" : "") + NumberFormats.decimal(importance.lossIncrease(), 4);
    }

    static String readable(String name) {
        // Quoted text is data: keep its underscores.
        int quote = name.indexOf('\'');
        return quote < 0 ? name.replace('_', ' ') : name.substring(0, quote).replace('_', ' ') + name.substring(quote);
    }
}
