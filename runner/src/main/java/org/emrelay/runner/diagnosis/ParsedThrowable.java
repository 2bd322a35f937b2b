package org.emrelay.runner.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exception parsed from a stack trace: its class, its message, shortened, and its lines. */
final class ParsedThrowable {
    private static final int MAX_MESSAGE_LINES = 3;
    private static final Pattern HEADING = Pattern.compile("([\\p{L}_$][\\w.$]*)(?:: ?(.*))?");
    private static final Pattern EXCEPTION_NAME =
            Pattern.compile(".*(Exception|Error|Throwable|Failure|Fault|Exit|Interrupt)");
    private static final List<String> NAME_ENDINGS = List.of("Exception", "Error", "Throwable", "Failure", "UserFault");
    private static final String LOST_EXECUTOR = "ExecutorLostFailure (";
    /** Lines below a message that are not part of it: a query plan, the rest of YARN's report, YARN's closing bracket. */
    private static final Pattern AFTER_MESSAGE =
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

    private final String className;
    private final String firstMessageLine;
    private final List<String> message = new ArrayList<>();
    private final boolean python;
    private final int firstLine;
    private int lastLine;
    private boolean readingMessage = true;

    private ParsedThrowable(String type, String message, boolean python, int firstLine, int lastLine) {
        this.className = type;
        this.firstMessageLine = message;
        this.python = python;
        this.firstLine = firstLine;
        this.lastLine = lastLine;
        if (!message.isBlank()) {
            this.message.add(LineText.forDisplay(message));
        }
        endMessageAtPlan(message);
    }

    /** Parses "class: message" without checking that the class is an exception; see {@link #isHeading}. */
    static Optional<ParsedThrowable> java(String text, int line) {
        Matcher heading = HEADING.matcher(text);
        if (!heading.matches()) {
            return Optional.empty();
        }
        String message = heading.group(2);
        return Optional.of(new ParsedThrowable(heading.group(1), message == null ? "" : message, false, line, line));
    }

    /** Parses the last line of a Python traceback. */
    static ParsedThrowable python(String text, int firstLine, int lastLine) {
        Matcher heading = HEADING.matcher(text);
        if (heading.matches()) {
            String message = heading.group(2);
            return new ParsedThrowable(heading.group(1), message == null ? "" : message, true, firstLine, lastLine);
        }
        // PySpark prints some JVM exceptions as a colon and the message only.
        return new ParsedThrowable("", text.startsWith(": ") ? text.substring(2) : text, true, firstLine, lastLine);
    }

    static boolean isHeading(String text) {
        if (!startsWithClassName(text)) {
            return false;
        }
        Matcher heading = HEADING.matcher(text);
        return heading.matches()
                && heading.group(1).indexOf('.') > 0
                && EXCEPTION_NAME.matcher(simpleName(heading.group(1))).matches();
    }

    /** Must be cheap: it is asked for nearly every line. A dot, and then a colon or the end. */
    private static boolean startsWithClassName(String text) {
        int end = text.indexOf(':');
        int dot = text.indexOf('.');
        int blank = text.indexOf(' ');
        int nameEnd = end < 0 ? text.length() : end;
        return dot > 0 && dot < nameEnd && (blank < 0 || blank > nameEnd);
    }

    /** The index of the first exception in a message, or -1. Must be cheap: it runs for every warning. */
    static int indexIn(String message) {
        int lostExecutor = message.indexOf(LOST_EXECUTOR);
        if (lostExecutor >= 0) {
            return lostExecutor;
        }
        int first = -1;
        for (String ending : NAME_ENDINGS) {
            int start = indexOfQualifiedName(message, ending);
            if (start >= 0 && (first < 0 || start < first)) {
                first = start;
            }
        }
        return first;
    }

    private static int indexOfQualifiedName(String text, String ending) {
        // The JDK searches for the ending with vector instructions.
        for (int at = text.indexOf(ending); at >= 0; at = text.indexOf(ending, at + 1)) {
            int start = endsName(text, at + ending.length()) ? startOfQualifiedName(text, at) : -1;
            if (start >= 0) {
                return start;
            }
        }
        return -1;
    }

    private static boolean endsName(String text, int at) {
        return at == text.length() || text.charAt(at) == ':' || isSpace(text.charAt(at));
    }

    /** The start of the name that reaches to an index; -1 if it has no dot within. */
    private static int startOfQualifiedName(String text, int end) {
        int start = end;
        int dot = -1;
        while (start > 0 && isNameCharacter(text.charAt(start - 1))) {
            start--;
            if (dot < 0 && text.charAt(start) == '.') {
                dot = start;
            }
        }
        return dot > start ? start : -1;
    }

    private static boolean isNameCharacter(char character) {
        return character < 128
                && (Character.isLetterOrDigit(character) || character == '_' || character == '.' || character == '$');
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** The exception quoted in the message of a wrapper, or an ExecutorLostFailure, which Spark prints in place of an exception. */
    static Optional<ParsedThrowable> quotedIn(String message, int line) {
        int start = indexIn(message);
        if (start < 0) {
            return Optional.empty();
        }
        String text = message.substring(start);
        return text.startsWith(LOST_EXECUTOR)
                ? Optional.of(new ParsedThrowable("", text, false, line, line))
                : java(text, line);
    }

    void addMessageLine(String text, int line) {
        if (text.isBlank() || AFTER_MESSAGE.matcher(text).matches()) {
            readingMessage = false;
        } else if (message.size() < MAX_MESSAGE_LINES) {
            message.add(LineText.forDisplay(text));
            lastLine = line;
            endMessageAtPlan(text);
        }
    }

    /** Spark ends the message of an AnalysisException with a semicolon and prints the query plan below it. */
    private void endMessageAtPlan(String text) {
        if (text.endsWith(";") && className.endsWith("AnalysisException")) {
            String last = message.remove(message.size() - 1);
            message.add(last.substring(0, last.length() - (last.endsWith(";") ? 1 : 0)));
            readingMessage = false;
        }
    }

    void addFrame(int line) {
        readingMessage = false;
        if (!python) {
            lastLine = line;
        }
    }

    boolean isReadingMessage() {
        return readingMessage;
    }

    void endMessage() {
        readingMessage = false;
    }

    boolean isWrapper() {
        return className.endsWith("SparkException")
                ? WRAPPING_MESSAGE.matcher(message()).matches()
                : WRAPPERS.contains(simpleName(className));
    }

    String className() {
        return className;
    }

    String message() {
        return message.isEmpty() ? "" : message.get(0);
    }

    /**
     * Whether the exception is a job's UserFault, whose message already contains cause and remedy. The simple class name is the whole
     * contract between the runner and the jobs.
     */
    boolean isUserFault() {
        return simpleName(className).equals("UserFault") && !message.isEmpty();
    }

    String text() {
        String joined = String.join("\n", message);
        if (className.isEmpty() || isUserFault()) {
            return joined;
        }
        return joined.isEmpty() ? LineText.forDisplay(className) : LineText.forDisplay(className) + ": " + joined;
    }

    int firstLine() {
        return firstLine;
    }

    int lastLine() {
        return lastLine;
    }

    /** Whether this text contains the other's. Class names may be written with dots or with slashes. */
    boolean covers(ParsedThrowable other) {
        String otherText = other.message().isEmpty() ? other.className : other.firstMessageLine;
        return normalize(text()).contains(normalize(otherText))
                || normalize(firstMessageLine).contains(normalize(otherText));
    }

    boolean isMoreDetailedThan(ParsedThrowable other) {
        return firstMessageLine.length() > other.className.length() + other.firstMessageLine.length() + 4
                && covers(other);
    }

    private static String normalize(String text) {
        return text.replace('/', '.').toLowerCase(Locale.ROOT);
    }

    private static String simpleName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}
