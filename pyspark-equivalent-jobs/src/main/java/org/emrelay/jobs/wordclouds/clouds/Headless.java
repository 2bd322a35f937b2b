package org.emrelay.jobs.wordclouds.clouds;

/** Sets AWT to headless mode before it looks for a display, which fails on servers. */
final class Headless {
    private Headless() {}

    static void require() {
        System.setProperty("java.awt.headless", "true");
    }
}
