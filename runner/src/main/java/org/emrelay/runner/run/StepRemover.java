package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.emrelay.runner.model.StepName;

/** Removes steps from one run, which no other runner changes until this is closed. */
public interface StepRemover extends AutoCloseable {

    /**
     * Previews the removal without removing anything.
     *
     * @param named the steps; if empty, all that have not started or, with {@code cancel}, not ended
     * @param cancel whether running steps may be stopped
     */
    StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException;

    /** Removes what is allowed by now, and reports what was removed. */
    StepRemoval execute(Set<StepName> named, boolean cancel) throws IOException;

    @Override
    void close() throws IOException;

    /** Removes steps from a run that only a runner executes: without one there is nothing to cancel. */
    static StepRemover withoutPlatform(Run run, Journals journals, Clock clock) {
        return new StepRemover() {
            @Override
            public StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException {
                return StepRemoval.of(run, journals, named);
            }

            @Override
            public StepRemoval execute(Set<StepName> named, boolean cancel) throws IOException {
                StepRemoval removal = preview(named, cancel);
                removal.execute(run, journals, clock.instant());
                return removal;
            }

            @Override
            public void close() {}
        };
    }
}
