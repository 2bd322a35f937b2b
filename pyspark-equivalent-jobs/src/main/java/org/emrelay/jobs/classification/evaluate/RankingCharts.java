package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.charts.BarChart;
import org.emrelay.pages.charts.BarChart.Bar;
import org.emrelay.pages.charts.CurveChart;
import org.emrelay.pages.charts.CurveChart.Curve;
import org.emrelay.pages.charts.CurveChart.Point;
import org.emrelay.pages.charts.CurveChart.ReferenceLine;

/** Charts of the models' ranking quality and calibration, with the best model on top. */
record RankingCharts(Evaluation evaluation) {
    private static final List<String> CSS_CLASSES =
            List.of("first strong", "second", "third", "fourth", "fifth", "sixth");
    private static final double[] FRACTIONS = {0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75};

    List<Chart> charts() {
        return List.of(precisionRecall(), roc(), gains(), lift());
    }

    private Chart roc() {
        String svg = new CurveChart(
                        "false positive rate", "recall (true positive rate)", true, curves(RankingCurves::roc))
                .svg();
        return new Chart(
                "ROC curve",
                legend(EvaluationMetric.AUC),
                svg,
                "Dashed: a random ranking. The area under the curve (AUC) is the probability that the model ranks a random"
                        + " positive above a random negative.");
    }

    private Chart precisionRecall() {
        List<ReferenceLine> levels = List.of(
                new ReferenceLine(evaluation.baseRate(), "base rate: " + NumberFormats.percent(evaluation.baseRate())));
        String svg = new CurveChart("recall", "precision", false, levels, curves(RankingCurves::precisionRecall)).svg();
        return new Chart(
                "Precision-recall curve",
                legend(EvaluationMetric.AUC_PR),
                svg,
                "A lower threshold raises recall and lowers precision. The area under the curve is the average"
                        + " precision (AUC-PR).");
    }

    private Chart gains() {
        String svg = new CurveChart(
                        "share of " + wording().subject() + " selected, highest probability first",
                        "recall",
                        true,
                        curves(RankingCurves::gains))
                .svg();
        return new Chart(
                "Cumulative gains",
                legend(),
                svg,
                "Recall if only the " + wording().subject() + " with the highest probabilities are selected.");
    }

    private Chart lift() {
        RankingCurves best = new RankingCurves(evaluation.best().predictions().ranking());
        List<Bar> bars = new ArrayList<>();
        for (double fraction : FRACTIONS) {
            if (fraction * evaluation.rows() >= 5) {
                bars.add(new Bar(
                        "top " + NumberFormats.decimal(100 * fraction, 0) + " %",
                        best.lift(fraction),
                        NumberFormats.decimal(best.lift(fraction), 1) + "×"));
            }
        }
        return new Chart(
                "Lift",
                List.of(),
                new BarChart("lift of " + evaluation.best().name(), bars).svg(),
                "Precision among the " + wording().subject() + " with the highest probabilities according to "
                        + evaluation.best().name() + ", relative to the base rate.");
    }

    /** One reliability curve per model, in separate charts because their dots would overlap. */
    List<Chart> calibration() {
        return evaluation.models().stream().map(this::calibration).toList();
    }

    private Chart calibration(EvaluatedModel model) {
        List<Point> points = model.predictions().calibration().bins().stream()
                .map(bin -> new Point(bin.meanProbability(), bin.observedRate(), bin.rows()))
                .toList();
        String svg = new CurveChart(
                        "mean predicted probability",
                        "observed rate",
                        true,
                        List.of(new Curve("first", model.name(), points)))
                .svg();
        return new Chart(
                model.name(),
                List.of(),
                svg,
                "Brier score "
                        + NumberFormats.decimal(
                                model.predictions().calibration().brier(), 3)
                        + " (0 is perfect; always predicting the base rate: "
                        + NumberFormats.decimal(evaluation.baseRate() * (1 - evaluation.baseRate()), 3)
                        + "). Expected calibration error: "
                        + NumberFormats.decimal(
                                100 * model.predictions().calibration().expectedCalibrationError(), 1)
                        + " percentage points.");
    }

    private List<Curve> curves(Function<RankingCurves, List<Point>> points) {
        List<Curve> curves = new ArrayList<>();
        for (int index = 0; index < evaluation.models().size(); index++) {
            ModelPredictions predictions = evaluation.models().get(index).predictions();
            curves.add(new Curve(
                    cssClass(index), predictions.model(), points.apply(new RankingCurves(predictions.ranking()))));
        }
        Collections.reverse(curves);
        return curves;
    }

    private List<ReportPage.LegendEntry> legend(EvaluationMetric metric) {
        return legend(
                model -> " " + NumberFormats.decimal(model.interval(metric).estimate(), 3));
    }

    private List<ReportPage.LegendEntry> legend() {
        return legend(model -> "");
    }

    private List<ReportPage.LegendEntry> legend(Function<EvaluatedModel, String> suffix) {
        return IntStream.range(0, evaluation.models().size())
                .mapToObj(index -> {
                    EvaluatedModel model = evaluation.models().get(index);
                    return new ReportPage.LegendEntry(cssClass(index), model.name() + suffix.apply(model), true);
                })
                .toList();
    }

    private Wording wording() {
        return evaluation.wording();
    }

    private static String cssClass(int index) {
        return CSS_CLASSES.get(index % CSS_CLASSES.size());
    }
}
