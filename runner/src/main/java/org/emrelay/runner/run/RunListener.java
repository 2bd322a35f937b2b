package org.emrelay.runner.run;

import java.util.List;
import org.emrelay.runner.platform.AttemptStatus;

/** Is told what happens in a run while it happens. All calls come from the thread that executes it. */
public interface RunListener {

    RunListener NONE = new RunListener() {};

    /** An executor has taken the run up; nothing has been decided yet. */
    default void taken(Run run, RunState state) {}

    /** Something happened, and is in the journal. */
    default void happened(Event event, RunState state) {}

    /** Attempts are in the platform's hands; called several times a second. */
    default void waiting(RunState state, List<AttemptStatus> attempts) {}

    default void ended(RunResult result) {}
}
