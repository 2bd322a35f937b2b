package org.emrelay.runner.report;

/** The style of text on a terminal with colours. */
enum TextStyle {
    PLAIN(""),
    SUCCESS("\033[32m"),
    FAILURE("\033[31m"),
    WARNING("\033[33m");

    private static final String RESET = "\033[0m";

    private final String start;

    TextStyle(String start) {
        this.start = start;
    }

    String start() {
        return start;
    }

    String end() {
        return start.isEmpty() ? "" : RESET;
    }
}
