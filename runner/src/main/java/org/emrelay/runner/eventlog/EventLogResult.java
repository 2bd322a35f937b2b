package org.emrelay.runner.eventlog;

import java.util.Objects;
import org.emrelay.runner.profile.SparkProfile;

/** What reading an event log gave. */
public sealed interface EventLogResult {
    /** A profile; its gaps say what could not be read. */
    record Profiled(SparkProfile profile) implements EventLogResult {
        public Profiled {
            Objects.requireNonNull(profile, "profile");
        }
    }

    /** Nothing could be read; the reason is a sentence for people. */
    record Unreadable(String reason) implements EventLogResult {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
