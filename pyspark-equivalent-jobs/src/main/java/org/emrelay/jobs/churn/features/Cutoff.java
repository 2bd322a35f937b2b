package org.emrelay.jobs.churn.features;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * The time before which features are computed.
 *
 * <p>It is a date or relative to the registration of the user, never to the last event of the user: that would leak
 * how long the user stayed.
 */
public sealed interface Cutoff extends Serializable permits Cutoff.At, Cutoff.AfterRegistration {

    /** The same time for all users. */
    record At(Instant instant) implements Cutoff {
        public At {
            Objects.requireNonNull(instant, "instant");
        }
    }

    /** A number of days after the registration of each user. */
    record AfterRegistration(int days) implements Cutoff {
        public AfterRegistration {
            if (days < 1) {
                throw new IllegalArgumentException("days must be at least 1, not " + days);
            }
        }
    }
}
