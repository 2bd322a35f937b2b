package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.emrelay.jobs.charts.Bars;
import org.emrelay.jobs.charts.Bars.Bar;
import org.emrelay.jobs.classification.evaluate.NativeImportance.Weight;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.page.Figures;
import org.emrelay.jobs.page.ReportPage;
import org.emrelay.jobs.page.ReportPage.Chart;

/** What a model goes by, as bars: by what it loses without, and by what it says itself. */
record ImportanceCharts(EvaluatedModel model) {
    private static final int SHOWN = 14;

    List<Chart> charts() {
        return List.of(permuted(), own());
    }

    private Chart permuted() {
        List<Bar> bars = model.importances().found().stream()
                .limit(SHOWN)
                .map(importance -> new Bar(readable(importance.name()), importance.growth(), growth(importance)))
                .toList();
        return new Chart(
                "What " + model.name() + " cannot do without",
                List.of(),
                new Bars("permutation importances of " + model.name(), bars).svg(),
                "By how much the log loss ("
                        + Figures.decimal(model.chances().reliability().logLoss(), 3)
                        + ") grows when this alone is dealt out anew among the held-out rows. Of two that tell the same, each"
                        + " seems dispensable." + notLookedAt());
    }

    private String notLookedAt() {
        int left = model.importances().notLookedAt().size();
        return left == 0
                ? ""
                : " Of so many features only the "
                        + Figures.count(model.importances().found().size())
                        + " that weigh most in the model were looked at; "
                        + Figures.count(left) + " were not (not_permuted in metrics.json names them).";
    }

    private Chart own() {
        NativeImportance weights = model.weights();
        List<Bar> bars = weights.weights().stream().limit(SHOWN).map(this::bar).toList();
        return weights.hasDirection()
                ? new Chart(
                        "The weights of " + model.name(),
                        List.of(
                                new ReportPage.Key("first", "raises the chance"),
                                new ReportPage.Key("second", "lowers it")),
                        new Bars("weights of " + model.name(), bars).svg(),
                        "As the model has them, of features brought to one scale.")
                : new Chart(
                        "What the trees of " + model.name() + " learnt most from",
                        List.of(),
                        new Bars("importances of " + model.name(), bars).svg(),
                        "Share of all that their branches gained on the training rows.");
    }

    private Bar bar(Weight weight) {
        double figure = weight.weight();
        return model.weights().hasDirection()
                ? new Bar(
                        readable(weight.name()),
                        Math.abs(figure),
                        (figure > 0 ? "+" : "") + Figures.decimal(figure, 2),
                        figure < 0 ? "second" : "first")
                : new Bar(readable(weight.name()), figure, Figures.percent(figure));
    }

    private static String growth(Importance importance) {
        return (importance.growth() > 0.00005 ? "+" : "") + Figures.decimal(importance.growth(), 4);
    }

    static String readable(String name) {
        // What stands between quotes is data.
        int quote = name.indexOf('\'');
        return quote < 0 ? name.replace('_', ' ') : name.substring(0, quote).replace('_', ' ') + name.substring(quote);
    }
}
