package org.emrelay.jobs.classification.evaluate;

import java.util.Locale;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.learning.Ranking;

/** The figures of a model that are told with an interval: of its order of the rows, and of whom it names from its threshold on. */
enum Figure {
    AUC,
    AUC_PR,
    F1,
    PRECISION,
    RECALL;

    double of(Ranking ranking, Confusion confusion) {
        return switch (this) {
            case AUC -> ranking.auc();
            case AUC_PR -> ranking.aucPr();
            case F1 -> confusion.f1();
            case PRECISION -> confusion.precision();
            case RECALL -> confusion.recall();
        };
    }

    /** As it is called in files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
