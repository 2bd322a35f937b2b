package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.page.Figures;
import org.emrelay.jobs.page.ReportPage;
import org.emrelay.jobs.page.ReportPage.Chart;
import org.emrelay.jobs.page.ReportPage.Tile;

/**
 * The page on which somebody who was not there sees what the models are worth, and how far that can be believed.
 *
 * @param exploration charts of the data themselves; empty where nobody has looked at them
 */
record EvaluationPage(Evaluation evaluation, List<Chart> exploration) {

    EvaluationPage {
        Objects.requireNonNull(evaluation, "evaluation");
        exploration = List.copyOf(exploration);
    }

    String html() {
        ModelTables tables = new ModelTables(evaluation);
        CurveCharts curves = new CurveCharts(evaluation);
        ReportPage page = new ReportPage(words().question(), lead())
                .tiles(tiles())
                .heading("The models", compared())
                .table(tables.comparedHead(), tables.compared(), 0);
        evaluation.differences().forEach(difference -> page.note(told(difference)));
        page.heading("What these figures can tell", limits())
                .heading(
                        "Whom to name",
                        "Whoever names more " + words().subject() + " finds more of those that " + words().event()
                                + ", at the price of naming others in vain.")
                .charts(curves.charts())
                .heading(
                        "Whom the model names", words().counted(best().chances().confusion()))
                .table(tables.namedHead(), tables.named())
                .note(thresholds())
                .heading(
                        "Whether chances are as said",
                        "Where they are, 30 of 100 " + words().subject() + " with a chance of 30 % " + words().event()
                                + ", and the dots are on the line.")
                .charts(curves.calibration())
                .heading(
                        "What the models go by",
                        "It moves the model's chances; whether it is the cause of what happens, no"
                                + " model can tell.")
                .charts(new ImportanceCharts(best()).charts());
        if (evaluation.models().size() > 1) {
            page.texts(List.of("", "Cannot do without"), tables.important());
        }
        page.heading("Cross-validation", validated()).texts(tables.validatedHead(), tables.validated());
        if (evaluation.sanity().isAskedFor()) {
            page.heading("With shuffled labels", shuffled()).table(tables.shuffledHead(), tables.shuffled());
        }
        if (!exploration.isEmpty()) {
            page.heading(
                            "The log",
                            "How those who cancelled used the service beside those who stayed, over the whole log; for"
                                    + " people to look at, not for models to learn from.")
                    .charts(exploration);
        }
        return page.note(how()).html();
    }

    private String lead() {
        return words().worth(best().chances().confusion()) + " By lot, " + Math.round(100 * evaluation.share())
                + " of 100 would be right. Judged on " + Figures.count(evaluation.rows()) + " " + words().subject()
                + " that no model had seen, " + Figures.count(evaluation.positives()) + " of which " + words().event()
                + "; the models learned from "
                + Figures.count(card().training().rows()) + " others.";
    }

    private List<Tile> tiles() {
        Confusion confusion = best().chances().confusion();
        return List.of(
                new Tile(
                        Math.round(100 * confusion.precision()) + " of 100",
                        "Named rightly (precision)",
                        "by lot: " + Math.round(100 * evaluation.share()) + "; likely " + hundreds(Figure.PRECISION)),
                new Tile(
                        Math.round(100 * confusion.recall()) + " of 100",
                        "Found (recall)",
                        "likely " + hundreds(Figure.RECALL)),
                new Tile(
                        Figures.decimal(best().interval(Figure.AUC_PR).figure(), 3),
                        "Area below precision and recall (AUC-PR)",
                        "by lot: " + Figures.decimal(evaluation.share(), 3) + "; likely " + range(Figure.AUC_PR)),
                new Tile(
                        Figures.decimal(best().interval(Figure.AUC).figure(), 3),
                        "The right one of two suspected more (AUC)",
                        "by lot: 0.5; likely " + range(Figure.AUC)),
                new Tile(
                        Figures.decimal(confusion.f1(), 3),
                        "Precision and recall in one (F1)",
                        "weighted over both classes: " + Figures.decimal(confusion.weightedF1(), 3)));
    }

    private String compared() {
        return "The best, " + best().name()
                + ", was chosen by cross-validation on the training side alone; the figures are"
                + " those of the " + words().subject()
                + " held out. Small print: where 95 of 100 such figures would lie, had"
                + " other " + words().subject() + " of the same kind been held out."
                + (evaluation.differences().size() > 1
                        ? " Those of the differences are wider, lest one of several be found by luck: all of them together"
                                + " hold in 95 of 100."
                        : "");
    }

    private String told(Difference difference) {
        Interval areas = difference.of(Figure.AUC_PR);
        String verdict = difference.verdict(evaluation.heldOut().areEnough());
        return difference.best() + " less " + difference.other() + " on the same rows: AUC-PR " + signed(areas.figure())
                + " (" + signed(areas.low()) + " to " + signed(areas.high()) + "), AUC "
                + signed(difference.of(Figure.AUC).figure()) + " ("
                + signed(difference.of(Figure.AUC).low()) + " to "
                + signed(difference.of(Figure.AUC).high()) + "): " + verdict;
    }

    private String limits() {
        long positives = evaluation.positives();
        return Figures.count(evaluation.rows()) + " " + words().subject() + " were held out, and "
                + Figures.count(positives) + " of them " + words().event() + ". "
                + (evaluation.heldOut().areEnough() ? told() : tooFew())
                + (positives < 50
                        ? "One more found, or one less, moves recall by " + Figures.decimal(100.0 / positives, 1)
                                + " points. "
                        : "")
                + "They are of the same time and place as those from whom the models learned: whether it is the same"
                + " elsewhere or later, they cannot tell.";
    }

    private String told() {
        return "So many tell AUC-PR within about ±" + half(Figure.AUC_PR) + ", AUC within ±" + half(Figure.AUC)
                + " and F1 within ±" + half(Figure.F1)
                + "; a smaller difference from another run is none. Four times as many would halve that. ";
    }

    private String tooFew() {
        return "Of one of the two kinds there are only "
                + Figures.count(evaluation.heldOut().rarer())
                + ": no interval on this page means much, for so few do not show what others would be like. ";
    }

    private String thresholds() {
        return "The first line of each model is from the chance on that gave the best F1 in cross-validation; the second from "
                + Figures.decimal(evaluation.arguments().threshold(), 3) + ", as given.";
    }

    private String validated() {
        return "Each choice of parameters was fitted " + card().folds()
                + " times to the training side, each time without one"
                + " of its " + card().folds() + " parts, and measured on that part: "
                + (card().metric().equals("log_loss")
                        ? "log loss, below zero so that more is better"
                        : card().metric().replace('_', '-').toUpperCase(Locale.ROOT))
                + ". The deviation is that between the parts.";
    }

    private String shuffled() {
        return "The same models, fitted to labels dealt out anew, which nothing can foretell. Each AUC must be one of those that"
                + " luck alone makes: of as many rows with as many labels, dealt out thousands of times ("
                + Figures.decimal(100 * evaluation.sanity().level(), 1)
                + " of 100 lie in the range). Else the figures above would be made by the way they are measured.";
    }

    private String how() {
        return "Column foretold: " + card().label() + " = " + card().positive() + "; one row a " + card().id()
                + " or several, all"
                + " on one side of the split. " + card().features().size() + " columns as features. "
                + (card().classWeights() ? "Both classes had the same weight. " : "") + "Seeds: training "
                + card().seed()
                + ", evaluation " + evaluation.arguments().seed() + ".";
    }

    private String hundreds(Figure figure) {
        Interval interval = best().interval(figure);
        return Math.round(100 * interval.low()) + " to " + Math.round(100 * interval.high());
    }

    private String range(Figure figure) {
        Interval interval = best().interval(figure);
        return Figures.decimal(interval.low(), 3) + " to " + Figures.decimal(interval.high(), 3);
    }

    private String half(Figure figure) {
        Interval interval = best().interval(figure);
        return Figures.decimal((interval.high() - interval.low()) / 2, 2);
    }

    private static String signed(double figure) {
        return (figure > 0 ? "+" : "") + Figures.decimal(figure, 3);
    }

    private EvaluatedModel best() {
        return evaluation.best();
    }

    private TrainingCard card() {
        return evaluation.card();
    }

    private Wording words() {
        return evaluation.words();
    }
}
