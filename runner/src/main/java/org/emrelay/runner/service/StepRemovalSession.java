package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.StepRemoval;

/** Removes steps from one run, which is locked until this session is closed. */
interface StepRemovalSession extends AutoCloseable {
    /**
     * What a removal would do.
     *
     * @param named empty for all steps that have not started
     * @param cancel whether running steps may be cancelled
     */
    StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException;

    /** Removes what is allowed by now, and reports what was removed. */
    StepRemoval execute(Set<StepName> named, boolean cancel) throws IOException;

    @Override
    void close() throws IOException;
}
