package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.BootstrapDistribution;
import org.emrelay.jobs.learning.Ranking;

/** Bootstrap confidence intervals of all models' metrics, on the same resamples of the held-out rows. */
final class BootstrapIntervals {
    private static final List<EvaluationMetric> METRICS = List.of(EvaluationMetric.values());

    private final List<String> models;
    private final BootstrapDistribution distribution;

    private BootstrapIntervals(List<String> models, BootstrapDistribution distribution) {
        this.models = List.copyOf(models);
        this.distribution = distribution;
    }

    static BootstrapIntervals of(HeldOutRows heldOut, List<ModelPredictions> models, long seed) {
        BootstrapDistribution distribution =
                Bootstrap.resample(heldOut.groups(), seed, counts -> estimates(models, counts));
        return new BootstrapIntervals(
                models.stream().map(ModelPredictions::model).toList(), distribution);
    }

    private static double[] estimates(List<ModelPredictions> models, int[] counts) {
        double[] values = new double[models.size() * METRICS.size()];
        int index = 0;
        for (ModelPredictions model : models) {
            Ranking ranking = model.rankedRows().weighted(counts);
            for (EvaluationMetric metric : METRICS) {
                values[index] = metric.of(ranking, ranking.at(model.threshold()));
                index++;
            }
        }
        return values;
    }

    Interval interval(String model, EvaluationMetric metric) {
        return distribution.interval(index(model, metric));
    }

    /** The interval of one model's metric minus another's, paired by resample. */
    Interval difference(String model, String other, EvaluationMetric metric, double confidence) {
        return distribution.difference(index(model, metric), index(other, metric), confidence);
    }

    private int index(String model, EvaluationMetric metric) {
        return models.indexOf(model) * METRICS.size() + METRICS.indexOf(metric);
    }
}
