package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.StepRemoval;

/** Takes steps out of one run, of which nobody else changes anything until this is closed. */
interface StepRemovalSession extends AutoCloseable {

    /**
     * What it would mean.
     *
     * @param named all that have not started when empty
     * @param cancel whether steps that run may be stopped
     */
    StepRemoval look(Set<StepName> named, boolean cancel) throws IOException;

    /** Does what is not refused by now, and tells what was done. */
    StepRemoval carryOut(Set<StepName> named, boolean cancel) throws IOException;

    @Override
    void close() throws IOException;
}
