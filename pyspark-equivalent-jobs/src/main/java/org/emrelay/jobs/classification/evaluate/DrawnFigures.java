package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.learning.Resampled;

/** How far the models' figures can be trusted: all of them are worked out again on the same draws of the held-out rows. */
final class DrawnFigures {
    private static final List<Figure> FIGURES = List.of(Figure.values());

    private final List<String> models;
    private final Resampled drawn;

    private DrawnFigures(List<String> models, Resampled drawn) {
        this.models = List.copyOf(models);
        this.drawn = drawn;
    }

    static DrawnFigures of(HeldOutRows heldOut, List<ModelPredictions> models, long seed) {
        Resampled drawn = Bootstrap.ofRows(heldOut.groups(), seed, times -> figures(models, times));
        return new DrawnFigures(models.stream().map(ModelPredictions::model).toList(), drawn);
    }

    private static double[] figures(List<ModelPredictions> models, int[] times) {
        double[] figures = new double[models.size() * FIGURES.size()];
        int place = 0;
        for (ModelPredictions model : models) {
            Ranking ranking = model.rows().counting(times);
            for (Figure figure : FIGURES) {
                figures[place] = figure.of(ranking, ranking.at(model.threshold()));
                place++;
            }
        }
        return figures;
    }

    Interval interval(String model, Figure figure) {
        return drawn.interval(place(model, figure));
    }

    /** By how much the one is better than the other, on the same rows; the interval holds so many of the draws. */
    Interval difference(String model, String other, Figure figure, double level) {
        return drawn.difference(place(model, figure), place(other, figure), level);
    }

    private int place(String model, Figure figure) {
        return models.indexOf(model) * FIGURES.size() + FIGURES.indexOf(figure);
    }
}
