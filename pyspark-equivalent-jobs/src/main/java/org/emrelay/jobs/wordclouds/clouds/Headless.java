package org.emrelay.jobs.wordclouds.clouds;

/** Tells AWT that there is no screen, before it looks for one: on servers that look fails. */
final class Headless {
    private Headless() {}

    static void require() {
        System.setProperty("java.awt.headless", "true");
    }
}
