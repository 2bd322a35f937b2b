package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Instant;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Secret;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.SecretMask;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.junit.jupiter.api.Test;

final class EventMaskTest {
    private static final Instant TIME = FakeClock.START;
    private static final AttemptId ATTEMPT = new AttemptId(name("words"), 1);

    private final EventMask mask = new EventMask(SecretMask.of(
            plans().step("words").argument("words", new Secret("hush")).plan()));

    @Test
    void masksWhatEventsQuote() {
        assertThat(mask.mask(new AttemptFailed(TIME, ATTEMPT, failure("hush"))))
                .isEqualTo(new AttemptFailed(TIME, ATTEMPT, failure("****")));
        assertThat(mask.mask(new AttemptTimedOut(TIME, ATTEMPT, failure("hush"))))
                .isEqualTo(new AttemptTimedOut(TIME, ATTEMPT, failure("****")));
        assertThat(mask.mask(new AttemptLost(TIME, ATTEMPT, "no hush")))
                .isEqualTo(new AttemptLost(TIME, ATTEMPT, "no ****"));
        assertThat(mask.mask(new AttemptDiagnosed(TIME, ATTEMPT, new Diagnosis("hush", "line 1", "try hush"))))
                .isEqualTo(new AttemptDiagnosed(TIME, ATTEMPT, new Diagnosis("****", "line 1", "try ****")));
    }

    private static Failure failure(String quoted) {
        return new Failure("exit " + quoted, "denied: " + quoted, "line 1", "try " + quoted, "/log");
    }

    @Test
    void journalHasNoSecrets() throws IOException {
        Run run = plans().step("words").argument("words", new Secret("hush")).run();
        InMemoryJournals journals = new InMemoryJournals();
        try (Journal journal = journals.open(run.id())) {
            RunLog log = new RunLog(run, journal, "journal", RunListener.NONE);
            log.add(new AttemptSubmitted(TIME, ATTEMPT));
            log.add(new AttemptFailed(TIME, ATTEMPT, failure("hush")));
        }

        assertThat(journals.read(run.id()).get(1)).isEqualTo(new AttemptFailed(TIME, ATTEMPT, failure(Argument.MASK)));
    }
}
