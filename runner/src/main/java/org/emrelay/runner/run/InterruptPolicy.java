package org.emrelay.runner.run;

/**
 * What an interrupt, such as Ctrl-C, does to active attempts. Local runs cancel; runs on EMR detach, unless the user
 * passed {@code execute_steps --cancel}.
 */
public enum InterruptPolicy {
    /** Cancels them. */
    CANCEL,
    /** Leaves them running on the platform and submits nothing more. */
    DETACH
}
