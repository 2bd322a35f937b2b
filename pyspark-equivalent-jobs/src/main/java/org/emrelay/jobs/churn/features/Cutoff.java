package org.emrelay.jobs.churn.features;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * The moment up to which a user is looked at: fixed by the calendar or by the user's beginning, never counted back from the
 * user's own end, for that would tell a model how long the user stayed.
 */
public sealed interface Cutoff extends Serializable permits Cutoff.At, Cutoff.AfterRegistration {

    /** One moment for all. */
    record At(Instant moment) implements Cutoff {
        public At {
            Objects.requireNonNull(moment, "moment");
        }
    }

    /** So many days after each user's registration. */
    record AfterRegistration(int days) implements Cutoff {
        public AfterRegistration {
            if (days < 1) {
                throw new IllegalArgumentException("a user who is looked at for " + days + " days cannot be told of");
            }
        }
    }
}
