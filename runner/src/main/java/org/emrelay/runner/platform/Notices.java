package org.emrelay.runner.platform;

/** Receives one-line notices for the user, such as a retry or a fallback. */
@FunctionalInterface
public interface Notices {
    void notice(String text);
}
