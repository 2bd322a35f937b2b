package org.emrelay.runner.run;

/** What an interrupt, such as Ctrl-C, does to active attempts. */
public enum InterruptPolicy {
    /** Cancels them. */
    CANCEL,
    /** Leaves them running on the platform and submits nothing more. */
    DETACH
}
