package org.emrelay.runner.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One exception of a trace: its class, the beginning of its message, and the lines that its stack takes. */
final class ParsedThrowable {
    private static final int MOST_MESSAGE_LINES = 3;
    private static final Pattern HEADING = Pattern.compile("([\\p{L}_$][\\w.$]*)(?:: ?(.*))?");
    private static final Pattern EXCEPTION_NAME =
            Pattern.compile(".*(Exception|Error|Throwable|Failure|Fault|Exit|Interrupt)");
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<![\\w.$])[\\w.$]+\\.[\\w$]*(?:Exception|Error|Throwable|Failure|UserFault)(?=:|\\s|$)");
    private static final Pattern LOST_EXECUTOR = Pattern.compile("ExecutorLostFailure \\(");
    /** What stands below a message and is none of it: a query's plan, the rest of YARN's report, the bracket that it puts round a reason. */
    private static final Pattern BELOW =
            Pattern.compile("\\s*(?:'|[+:]- |== |JVM stacktrace:|Driver stacktrace:|ApplicationMaster host: ).*|\\)");

    private static final Set<String> WRAPPERS = Set.of(
            "ExecutionException",
            "CompletionException",
            "UncheckedExecutionException",
            "InvocationTargetException",
            "UndeclaredThrowableException",
            "PrivilegedActionException",
            "ExceptionInInitializerError",
            "PythonException",
            "Py4JJavaError");
    private static final Pattern WRAPPING_MESSAGE = Pattern.compile(
            "(?:Job aborted|Writing job aborted|Task failed while writing rows"
                    + "|Exception thrown in awaitResult|Failed to execute user defined function|Multiple failures in stage"
                    + "|\\[(?:TASK_WRITE_FAILED|FAILED_EXECUTE_UDF|WRITING_JOB_ABORTED)|Application application_|User application exited).*");

    private final String type;
    private final List<String> message = new ArrayList<>();
    private final boolean python;
    private final int firstLine;
    private int lastLine;
    private boolean reading = true;

    private ParsedThrowable(String type, String message, boolean python, int firstLine, int lastLine) {
        this.type = type;
        this.python = python;
        this.firstLine = firstLine;
        this.lastLine = lastLine;
        if (!message.isBlank()) {
            this.message.add(LineText.shown(message));
        }
        endAtPlan(message);
    }

    /** Reads "class: message"; whether the name sounds like an exception's is left to {@link #isHeading}. */
    static Optional<ParsedThrowable> java(String text, int line) {
        Matcher heading = HEADING.matcher(text);
        if (!heading.matches()) {
            return Optional.empty();
        }
        String message = heading.group(2);
        return Optional.of(new ParsedThrowable(heading.group(1), message == null ? "" : message, false, line, line));
    }

    /** The last line of a Python traceback that began at an earlier one. */
    static ParsedThrowable python(String text, int firstLine, int lastLine) {
        Matcher heading = HEADING.matcher(text);
        if (heading.matches()) {
            String message = heading.group(2);
            return new ParsedThrowable(heading.group(1), message == null ? "" : message, true, firstLine, lastLine);
        }
        // PySpark prints some exceptions of the JVM as a colon and the message alone.
        return new ParsedThrowable("", text.startsWith(": ") ? text.substring(2) : text, true, firstLine, lastLine);
    }

    static boolean isHeading(String text) {
        Matcher heading = HEADING.matcher(text);
        return heading.matches()
                && heading.group(1).indexOf('.') > 0
                && EXCEPTION_NAME.matcher(simpleName(heading.group(1))).matches();
    }

    /** Where in a sentence an exception begins, or -1. */
    static int indexIn(String sentence) {
        Matcher lost = LOST_EXECUTOR.matcher(sentence);
        if (lost.find()) {
            return lost.start();
        }
        Matcher named = IN_TEXT.matcher(sentence);
        return named.find() ? named.start() : -1;
    }

    /** The exception that a wrapper's message quotes, or an executor's loss, which Spark prints in an exception's place. */
    static Optional<ParsedThrowable> quotedIn(String sentence, int line) {
        int start = indexIn(sentence);
        if (start < 0) {
            return Optional.empty();
        }
        String text = sentence.substring(start);
        return LOST_EXECUTOR.matcher(text).lookingAt()
                ? Optional.of(new ParsedThrowable("", text, false, line, line))
                : java(text, line);
    }

    void read(String text, int line) {
        if (text.isBlank() || BELOW.matcher(text).matches()) {
            reading = false;
        } else if (message.size() < MOST_MESSAGE_LINES) {
            message.add(LineText.shown(text));
            lastLine = line;
            endAtPlan(text);
        }
    }

    /** Spark ends the sentence of an AnalysisException with a semicolon and prints the plan below it. */
    private void endAtPlan(String text) {
        if (text.endsWith(";") && type.endsWith("AnalysisException")) {
            String last = message.remove(message.size() - 1);
            message.add(last.substring(0, last.length() - (last.endsWith(";") ? 1 : 0)));
            reading = false;
        }
    }

    void frame(int line) {
        reading = false;
        if (!python) {
            lastLine = line;
        }
    }

    boolean isReading() {
        return reading;
    }

    void stopReading() {
        reading = false;
    }

    boolean isWrapper() {
        return type.endsWith("SparkException")
                ? WRAPPING_MESSAGE.matcher(message()).matches()
                : WRAPPERS.contains(simpleName(type));
    }

    String type() {
        return type;
    }

    String message() {
        return message.isEmpty() ? "" : message.get(0);
    }

    /** What a job tells its user in a sentence of its own, cause and remedy included: the name is the whole contract with the jobs. */
    boolean isToldToUser() {
        return simpleName(type).equals("UserFault") && !message.isEmpty();
    }

    String text() {
        String said = String.join("\n", message);
        if (type.isEmpty() || isToldToUser()) {
            return said;
        }
        return said.isEmpty() ? LineText.shown(type) : LineText.shown(type) + ": " + said;
    }

    int firstLine() {
        return firstLine;
    }

    int lastLine() {
        return lastLine;
    }

    /** Whether this one's text tells all that the other's does: a class is named with dots here and with slashes there. */
    boolean tells(ParsedThrowable other) {
        String what = other.message().isEmpty() ? other.type : other.message();
        return normal(text()).contains(normal(what));
    }

    boolean saysMoreThan(ParsedThrowable other) {
        return message().length() > other.text().length() + 2 && tells(other);
    }

    private static String normal(String text) {
        return text.replace('/', '.').toLowerCase(Locale.ROOT);
    }

    private static String simpleName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}
