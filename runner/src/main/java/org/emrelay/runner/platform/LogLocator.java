package org.emrelay.runner.platform;

import org.emrelay.runner.model.RunId;

/** Knows where logs lie. */
public interface LogLocator {

    /** Where the log of an attempt lies, whether or not it is there yet. */
    String log(RunId run, AttemptId attempt);
}
