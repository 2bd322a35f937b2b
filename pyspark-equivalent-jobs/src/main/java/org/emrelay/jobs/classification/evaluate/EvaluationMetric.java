package org.emrelay.jobs.classification.evaluate;

import java.util.Locale;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.jobs.learning.Ranking;

/** The metrics that are reported with a confidence interval. */
enum EvaluationMetric {
    AUC,
    AUC_PR,
    F1,
    PRECISION,
    RECALL;

    double of(Ranking ranking, ConfusionMatrix confusion) {
        return switch (this) {
            case AUC -> ranking.auc();
            case AUC_PR -> ranking.averagePrecision();
            case F1 -> confusion.f1();
            case PRECISION -> confusion.precision();
            case RECALL -> confusion.recall();
        };
    }

    /** The name in output files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
