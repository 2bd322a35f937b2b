package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.asinh;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;

/**
 * What a model is to keep small. What is learnt is the delay against the carrier's estimate; with absolute errors on a scale that
 * draws long delays together (the median does not mind, and some orders that are ten days late no longer lead the trees).
 */
enum Loss {
    ABSOLUTE("sinh(" + Loss.RAW + ")") {
        @Override
        Column target() {
            return asinh(DELAY);
        }
    },
    SQUARED(Loss.RAW) {
        @Override
        Column target() {
            return DELAY;
        }
    };

    /** The column with what a model says, on its own scale. */
    static final String RAW = "predicted_delay";

    static final List<String> CHOICES = List.of("absolute", "squared");

    private static final Column DELAY = col(DeliveryFeatureColumns.ACTUAL).minus(col(DeliveryFeatureColumns.EXPECTED));

    private final String inDays;

    Loss(String inDays) {
        this.inDays = inDays;
    }

    static Loss named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract Column target();

    /** SQL for the days that a model's answer means; nothing arrives before it was ordered. */
    String predictedDays() {
        return "greatest(0D, " + DeliveryFeatureColumns.EXPECTED + " + " + inDays + ")";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
