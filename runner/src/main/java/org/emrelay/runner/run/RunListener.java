package org.emrelay.runner.run;

import java.util.List;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;

/** Receives the progress of a run. All calls come from the executing thread. */
public interface RunListener {

    RunListener NONE = new RunListener() {};

    /** The executor has opened the journal. Which steps run is not decided yet. */
    default void opened(Run run, RunState state) {}

    /** Attempts are about to be submitted. */
    default void submitting(List<AttemptRequest> requests) {}

    /** An event was appended to the journal. */
    default void recorded(Event event, RunState state) {}

    /** Attempts are active. Called several times a second. */
    default void waiting(RunState state, List<AttemptStatus> attempts) {}

    default void ended(RunResult result) {}
}
