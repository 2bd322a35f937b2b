package org.emrelay.runner.diagnosis;

/** How loud a record of a log is; text that no logger wrote is BARE. */
enum Level {
    BARE,
    QUIET,
    WARNING,
    ERROR;

    static Level named(String name) {
        return switch (name) {
            case "ERROR", "FATAL", "CRITICAL" -> ERROR;
            case "WARN", "WARNING" -> WARNING;
            default -> QUIET;
        };
    }
}
