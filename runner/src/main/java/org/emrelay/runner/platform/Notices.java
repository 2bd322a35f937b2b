package org.emrelay.runner.platform;

/** Receives one-line notices for the user, such as a retry or a fallback. */
@FunctionalInterface
public interface Notices {
    void notice(String text);

    /** Shows what is being done, in a line that the next one replaces. */
    default void status(String text) {}

    /** Warns of something that the user may have to act on. */
    default void warn(String text) {
        notice("warning: " + text);
    }
}
