package org.emrelay.runner.platform;

import org.emrelay.runner.model.RunId;

/** Locates the logs of attempts. */
public interface LogLocator {

    /** The URI or local path of an attempt's log, whether or not it exists yet. */
    String logUri(RunId run, AttemptId attempt);
}
