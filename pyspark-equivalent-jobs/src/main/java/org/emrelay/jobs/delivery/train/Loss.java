package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.asinh;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;

/**
 * The loss function and the target transformation.
 *
 * <p>The target is the delay relative to the carrier's estimate. For absolute errors it is compressed by asinh: this
 * leaves the median unchanged and keeps the few orders that are ten days late from dominating the trees.
 */
enum Loss {
    ABSOLUTE("sinh(" + Loss.RAW_PREDICTION + ")") {
        @Override
        Column target() {
            return asinh(DELAY);
        }
    },
    SQUARED(Loss.RAW_PREDICTION) {
        @Override
        Column target() {
            return DELAY;
        }
    };

    /** The raw prediction, on the scale of the target. */
    static final String RAW_PREDICTION = "predicted_delay";

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

    /** SQL that converts the raw prediction to days, at least 0. */
    String predictedDays() {
        return "greatest(0D, " + DeliveryFeatureColumns.EXPECTED + " + " + inDays + ")";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
