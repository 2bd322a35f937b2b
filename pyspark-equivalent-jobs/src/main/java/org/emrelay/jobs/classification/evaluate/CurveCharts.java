package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.emrelay.jobs.charts.Bars;
import org.emrelay.jobs.charts.Bars.Bar;
import org.emrelay.jobs.charts.Curves;
import org.emrelay.jobs.charts.Curves.Curve;
import org.emrelay.jobs.charts.Curves.Level;
import org.emrelay.jobs.charts.Curves.Point;
import org.emrelay.jobs.page.Figures;
import org.emrelay.jobs.page.ReportPage;
import org.emrelay.jobs.page.ReportPage.Chart;

/** How well the models order the rows, and whether their chances are what they say, as curves: the best model's lies on top. */
record CurveCharts(Evaluation evaluation) {
    private static final List<String> COLOURS = List.of("first strong", "second", "third", "fourth", "fifth", "sixth");
    private static final double[] PARTS = {0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75};

    List<Chart> charts() {
        return List.of(precisionAndRecall(), roc(), gains(), lift());
    }

    private Chart roc() {
        String svg = new Curves(
                        "named in vain, of the others (false positive rate)",
                        "found, of those to be found (recall, true positive rate)",
                        true,
                        curves(CurvePoints::roc))
                .svg();
        return new Chart(
                "Found and named in vain (ROC)",
                keys(Figure.AUC),
                svg,
                "On the dashed line are names drawn by lot. The area below is the AUC: how often, of two "
                        + words().subject()
                        + " only one of which is to be named, the model suspects the right one more.");
    }

    private Chart precisionAndRecall() {
        List<Level> levels = List.of(new Level(evaluation.share(), "by lot: " + Figures.percent(evaluation.share())));
        String svg = new Curves(
                        "found, of those to be found (recall)",
                        "right, of those named (precision)",
                        false,
                        levels,
                        curves(CurvePoints::precisionAndRecall))
                .svg();
        return new Chart(
                "Right and found (precision and recall)",
                keys(Figure.AUC_PR),
                svg,
                "Whoever names more finds more, and is wrong more often. The area below is AUC-PR.");
    }

    private Chart gains() {
        String svg = new Curves(
                        "looked at, the most suspected first (share of all)",
                        "found, of those to be found (recall)",
                        true,
                        curves(CurvePoints::gains))
                .svg();
        return new Chart(
                "What looking at some finds (gains)",
                keys(),
                svg,
                "How many are found by somebody who looks only at the most suspected of the " + words().subject()
                        + ".");
    }

    private Chart lift() {
        CurvePoints best = new CurvePoints(evaluation.best().chances().ranking());
        List<Bar> bars = new ArrayList<>();
        for (double part : PARTS) {
            if (part * evaluation.rows() >= 5) {
                bars.add(new Bar(
                        "the first " + Figures.decimal(100 * part, 0) + " %",
                        best.lift(part),
                        "× " + Figures.decimal(best.lift(part), 1)));
            }
        }
        return new Chart(
                "How many times better than by lot (lift)",
                List.of(),
                new Bars("lift of " + evaluation.best().name(), bars).svg(),
                "Among the " + words().subject() + " that " + evaluation.best().name()
                        + " suspects most there are so many times as many that " + words().event() + " as among all.");
    }

    /** A chart a model: together their dots would hide one another. */
    List<Chart> calibration() {
        return evaluation.models().stream().map(this::calibration).toList();
    }

    private Chart calibration(EvaluatedModel model) {
        List<Point> points = model.chances().reliability().bins().stream()
                .map(bin -> new Point(bin.said(), bin.cameTrue(), bin.rows()))
                .toList();
        String svg = new Curves(
                        "chance as said (predicted probability)",
                        "came true (observed share)",
                        true,
                        List.of(new Curve("first", model.name(), points)))
                .svg();
        return new Chart(
                model.name(),
                List.of(),
                svg,
                "Brier score " + Figures.decimal(model.chances().reliability().brier(), 3)
                        + " (0 is perfect; saying the mean of all: "
                        + Figures.decimal(evaluation.share() * (1 - evaluation.share()), 3) + "). On average "
                        + Figures.decimal(100 * model.chances().reliability().error(), 1) + " points off the line.");
    }

    private List<Curve> curves(Function<CurvePoints, List<Point>> points) {
        List<Curve> curves = new ArrayList<>();
        for (int place = 0; place < evaluation.models().size(); place++) {
            ModelPredictions chances = evaluation.models().get(place).chances();
            curves.add(new Curve(colour(place), chances.model(), points.apply(new CurvePoints(chances.ranking()))));
        }
        Collections.reverse(curves);
        return curves;
    }

    private List<ReportPage.Key> keys(Figure figure) {
        return keys(model -> " " + Figures.decimal(model.interval(figure).figure(), 3));
    }

    private List<ReportPage.Key> keys() {
        return keys(model -> "");
    }

    private List<ReportPage.Key> keys(Function<EvaluatedModel, String> beside) {
        return IntStream.range(0, evaluation.models().size())
                .mapToObj(place -> {
                    EvaluatedModel model = evaluation.models().get(place);
                    return new ReportPage.Key(colour(place), model.name() + beside.apply(model), true);
                })
                .toList();
    }

    private Wording words() {
        return evaluation.words();
    }

    private static String colour(int place) {
        return COLOURS.get(place % COLOURS.size());
    }
}
