package org.emrelay.runner.run;

/** What an interruption, such as Ctrl-C, does to the attempts that are in the platform's hands. */
public enum InterruptPolicy {
    /** They are stopped. */
    CANCEL,
    /** They go on without us, where the platform lets them; nothing more is handed over. */
    DETACH
}
