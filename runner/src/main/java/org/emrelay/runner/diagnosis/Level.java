package org.emrelay.runner.diagnosis;

/** The severity of a log record; {@code NONE} for text without a logger. */
enum Level {
    NONE,
    INFO,
    WARNING,
    ERROR;

    static Level parse(String name) {
        return switch (name) {
            case "ERROR", "FATAL", "CRITICAL" -> ERROR;
            case "WARN", "WARNING" -> WARNING;
            default -> INFO;
        };
    }
}
