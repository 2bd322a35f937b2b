package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.ReportPage.Tile;

/**
 * The report page of the evaluation: metrics, curves, calibration, importances and their limitations.
 *
 * @param exploration charts of the event log; empty to omit the section
 */
record EvaluationPage(Evaluation evaluation, List<Chart> exploration) {

    EvaluationPage {
        Objects.requireNonNull(evaluation, "evaluation");
        exploration = List.copyOf(exploration);
    }

    String html() {
        ModelTables tables = new ModelTables(evaluation);
        RankingCharts curves = new RankingCharts(evaluation);
        ReportPage page = new ReportPage(wording().question(), lead())
                .tiles(tiles())
                .heading("Models", modelComparison())
                .table(tables.comparisonHeader(), tables.comparison(), 0);
        evaluation.differences().forEach(difference -> page.note(comparisonWith(difference)));
        page.heading("Limitations", limitations())
                .heading(
                        "Ranking",
                        "The decision threshold trades precision against recall: a lower one finds more of the "
                                + wording().subject() + " that " + wording().event() + ", with more false positives.")
                .charts(curves.charts())
                .heading(
                        "Confusion matrix",
                        wording().confusionCounts(best().predictions().confusion()))
                .table(tables.confusionHeader(), tables.confusion())
                .note(thresholds())
                .heading(
                        "Calibration",
                        "If a model is well calibrated, 30 % of the "
                                + wording().subject()
                                + " with a predicted probability of 30 % "
                                + wording().event()
                                + ", and its reliability curve follows the diagonal.")
                .charts(curves.calibration())
                .heading(
                        "Feature importance",
                        "Importance measures what the model's probabilities depend on. It does not show causation.")
                .charts(new ImportanceCharts(best()).charts());
        if (evaluation.models().size() > 1) {
            page.textTable(List.of("", "Highest permutation importance"), tables.topFeatures());
        }
        page.heading("Cross-validation", crossValidation())
                .textTable(tables.crossValidationHeader(), tables.crossValidation());
        if (evaluation.sanity().isRequested()) {
            page.heading("Sanity check: shuffled labels", shuffledLabels())
                    .table(tables.shuffledLabelsHeader(), tables.shuffledLabels());
        }
        if (!exploration.isEmpty()) {
            page.heading(
                            "Event log",
                            "Users who cancelled compared with users who stayed, over the whole log. Exploratory only: not"
                                    + " used for training.")
                    .charts(exploration);
        }
        return page.note(settings()).html();
    }

    private String lead() {
        return wording().precisionAndRecall(best().predictions().confusion()) + " Base rate: "
                + NumberFormats.percent(evaluation.baseRate()) + ". Evaluated on "
                + NumberFormats.count(evaluation.rows())
                + " held-out " + wording().subject() + ", " + NumberFormats.count(evaluation.positives()) + " of which "
                + wording().event() + "; trained on "
                + NumberFormats.count(card().training().rows()) + " others.";
    }

    private List<Tile> tiles() {
        ConfusionMatrix confusion = best().predictions().confusion();
        return List.of(
                new Tile(
                        NumberFormats.percent(confusion.precision()),
                        "Precision",
                        "base rate: " + NumberFormats.percent(evaluation.baseRate()) + "; 95 % CI "
                                + percentRange(EvaluationMetric.PRECISION)),
                new Tile(
                        NumberFormats.percent(confusion.recall()),
                        "Recall",
                        "95 % CI " + percentRange(EvaluationMetric.RECALL)),
                new Tile(
                        NumberFormats.decimal(
                                best().interval(EvaluationMetric.AUC_PR).estimate(), 3),
                        "Average precision (AUC-PR)",
                        "base rate: " + NumberFormats.decimal(evaluation.baseRate(), 3) + "; 95 % CI "
                                + range(EvaluationMetric.AUC_PR)),
                new Tile(
                        NumberFormats.decimal(
                                best().interval(EvaluationMetric.AUC).estimate(), 3),
                        "ROC AUC",
                        "random: 0.5; 95 % CI " + range(EvaluationMetric.AUC)),
                new Tile(
                        NumberFormats.decimal(confusion.f1(), 3),
                        "F1",
                        "weighted over both classes: " + NumberFormats.decimal(confusion.weightedF1(), 3)));
    }

    private String modelComparison() {
        return "The best model, " + best().name()
                + ", was selected by cross-validation on the training rows. All metrics are computed on the held-out "
                + wording().subject() + ". Small figures: 95 % confidence intervals (bootstrap by " + card().id()
                + ")."
                + (evaluation.differences().size() > 1
                        ? " The intervals of the differences are Bonferroni-corrected for a joint level of 95 %."
                        : "");
    }

    private String comparisonWith(PairedDifference difference) {
        Interval averagePrecision = difference.interval(EvaluationMetric.AUC_PR);
        Interval auc = difference.interval(EvaluationMetric.AUC);
        String verdict = difference.verdict(evaluation.heldOut().isLargeEnough());
        return difference.best() + " minus " + difference.other() + ", paired: AUC-PR "
                + signed(averagePrecision.estimate()) + " (" + signed(averagePrecision.low()) + " to "
                + signed(averagePrecision.high()) + "), AUC " + signed(auc.estimate()) + " (" + signed(auc.low())
                + " to "
                + signed(auc.high()) + "): " + verdict;
    }

    private String limitations() {
        long positives = evaluation.positives();
        return NumberFormats.count(evaluation.rows()) + " " + wording().subject() + " were held out, and "
                + NumberFormats.count(positives) + " of them " + wording().event() + ". "
                + (evaluation.heldOut().isLargeEnough() ? resolution() : smallSampleWarning())
                + (positives < 50
                        ? "One true positive more or less changes recall by "
                                + NumberFormats.decimal(100.0 / positives, 1) + " percentage points. "
                        : "")
                + "The held-out rows come from the same period and population as the training rows: performance in another"
                + " period or population may differ.";
    }

    private String resolution() {
        return "This determines AUC-PR to about ±" + halfWidth(EvaluationMetric.AUC_PR) + ", AUC to ±"
                + halfWidth(EvaluationMetric.AUC) + " and F1 to ±" + halfWidth(EvaluationMetric.F1)
                + "; smaller differences between runs are not significant. Four times as many rows would halve that. ";
    }

    private String smallSampleWarning() {
        return "Only " + NumberFormats.count(evaluation.heldOut().minorityIds())
                + " of them belong to the minority class: too few for meaningful confidence intervals. ";
    }

    private String thresholds() {
        return "First line of each model: the threshold with the best F1 in cross-validation. Second line: the given threshold, "
                + NumberFormats.decimal(evaluation.arguments().threshold(), 3) + ".";
    }

    private String crossValidation() {
        return "Stratified " + card().folds()
                + "-fold cross-validation of every parameter combination on the training rows."
                + " Metric: "
                + (card().metric().equals("log_loss")
                        ? "log loss, negated so that higher is better"
                        : card().metric().replace('_', '-').toUpperCase(Locale.ROOT))
                + ". SD: standard deviation over the folds.";
    }

    private String shuffledLabels() {
        return "The models, refitted to randomly permuted labels. Without leakage, each AUC lies in the range expected under"
                + " the null hypothesis, estimated from thousands of permutations (confidence level "
                + NumberFormats.decimal(100 * evaluation.sanity().confidenceLevel(), 1) + " %).";
    }

    private String settings() {
        return "Positive class: " + card().label() + " = " + card().positive() + ". All rows of one " + card().id()
                + " are on one side of the split. " + card().features().size() + " feature columns. "
                + (card().classWeights() ? "Balanced class weights. " : "") + "Seeds: training " + card().seed()
                + ", evaluation " + evaluation.arguments().seed() + ".";
    }

    private String percentRange(EvaluationMetric metric) {
        Interval interval = best().interval(metric);
        return NumberFormats.percent(interval.low()) + " to " + NumberFormats.percent(interval.high());
    }

    private String range(EvaluationMetric metric) {
        Interval interval = best().interval(metric);
        return NumberFormats.decimal(interval.low(), 3) + " to " + NumberFormats.decimal(interval.high(), 3);
    }

    private String halfWidth(EvaluationMetric metric) {
        Interval interval = best().interval(metric);
        return NumberFormats.decimal((interval.high() - interval.low()) / 2, 2);
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + NumberFormats.decimal(value, 3);
    }

    private EvaluatedModel best() {
        return evaluation.best();
    }

    private TrainingCard card() {
        return evaluation.card();
    }

    private Wording wording() {
        return evaluation.wording();
    }
}
