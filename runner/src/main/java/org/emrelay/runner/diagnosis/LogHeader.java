package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a log record, parsed into level, logger and message.
 *
 * <p>Supports the log4j layouts of Spark, Hadoop and EMR, and Python's logging.
 */
record LogHeader(Level level, String logger, String message) {
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

    static final List<String> LEVELS =
            List.of("TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL");
    private static final String LEVEL = "(" + String.join("|", LEVELS) + ")";
    private static final String LEVEL_INITIALS = "TDIWEFC";
    private static final Pattern TIMED = Pattern.compile("\\[?(?:\\d{2,4}[-/]\\d{2}[-/]\\d{2}["
            + " T])?\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?]?\\s+"
            + "[^\"']{0,120}?\\b" + LEVEL + "\\b[\\]:]?\\s*(?:-\\s+)?(.*)");
    private static final Pattern UNTIMED = Pattern.compile(LEVEL + "(?::\\s*|\\s+)(.*)");
    private static final Pattern EMBEDDED =
            Pattern.compile("\\d{2}[-/]\\d{2}[-/]\\d{2} \\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})? " + LEVEL + "\\b");
    private static final Pattern LOGGER = Pattern.compile("([\\w.$]{1,200})(?::\\s?| -+ )(.*)");

    static Optional<LogHeader> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        char first = text.charAt(0);
        if (first == '[' || (first >= '0' && first <= '9')) {
            Optional<LogHeader> common = CommonHeader.parse(text);
            return common.isPresent() ? common : read(TIMED.matcher(text));
        }
        return LEVEL_INITIALS.indexOf(first) >= 0 ? read(UNTIMED.matcher(text)) : Optional.empty();
    }

    private static Optional<LogHeader> read(Matcher line) {
        if (!line.matches()) {
            return Optional.empty();
        }
        return Optional.of(of(line.group(1), line.group(2)));
    }

    /** By the patterns alone: what {@link CommonHeader} must agree with. */
    static Optional<LogHeader> parseSlowly(String text) {
        return read(TIMED.matcher(text));
    }

    static LogHeader of(String levelName, String text) {
        Level level = Level.parse(levelName);
        Matcher named = LOGGER.matcher(text);
        return named.matches() ? new LogHeader(level, named.group(1), named.group(2)) : new LogHeader(level, "", text);
    }

    /** The text before a header in mid-line: two processes that share stderr interleave their lines. */
    static String textBeforeHeader(String text) {
        Matcher header = EMBEDDED.matcher(text);
        return header.find() ? text.substring(0, header.start()) : text;
    }

    /** Python loggers are named after modules, in lower case; log4j loggers are named after classes. */
    boolean isFromPython() {
        return !logger.isEmpty() && Character.isLowerCase(logger.charAt(logger.lastIndexOf('.') + 1));
    }
}
