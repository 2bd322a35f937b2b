package org.emrelay.runner.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chain of exceptions in one log record, outermost first.
 *
 * <p>Parses stack traces of Java, Scala and Python.
 */
final class Trace {
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String CAUSED_BY = "Caused by: ";
    private static final String LAUNCHER = "org.apache.spark.deploy.";
    private static final int MAX_CHAIN_LENGTH = 50;

    private final List<ParsedThrowable> chain = new ArrayList<>();
    private boolean attached;
    private boolean hasFrames;
    private boolean suppressed;
    private boolean inTraceback;
    private boolean expectsTraceback;
    private int tracebackLine;
    private int tracebackIndex;
    private int insertAt;
    private String launcherFrame = "";
    private String previousText = "";
    private int previousLine;

    static boolean isTraceback(String text) {
        return text.startsWith(TRACEBACK);
    }

    static boolean isFrame(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start == 0) {
            return false;
        }
        if (text.startsWith("... ", start)) {
            return text.endsWith(" more") || text.endsWith("frames omitted");
        }
        return text.startsWith("at ", start) && text.indexOf('(', start) > 0;
    }

    void accept(String text, int line) {
        if (inTraceback) {
            inTraceback(text, line);
        } else if (isFrame(text)) {
            addFrame(text, line);
        } else if (isTraceback(text)) {
            startTraceback(line);
        } else if (text.startsWith(CAUSED_BY)) {
            ParsedThrowable.java(text.substring(CAUSED_BY.length()), line).ifPresent(this::push);
        } else if (text.startsWith("Driver stacktrace:")) {
            detach();
        } else if (isChained(text)) {
            expectsTraceback = true;
            detach();
            insertAt = tracebackIndex;
        } else {
            readText(text, line);
        }
        if (!text.isBlank()) {
            previousText = text;
            previousLine = line;
        }
    }

    /** Starts the trace with its first line. The class may have any name. */
    void start(String text, int line) {
        ParsedThrowable.java(text, line).ifPresent(this::push);
    }

    void addQuoted(String message, int line) {
        ParsedThrowable.quotedIn(message, line).ifPresent(this::push);
    }

    /** For a syntax error in the script itself, Python prints only the location, without the "Traceback" line. */
    void startTraceback(int line) {
        inTraceback = true;
        expectsTraceback = false;
        hasFrames = true;
        tracebackLine = line;
        if (insertAt >= chain.size()) {
            tracebackIndex = chain.size();
            insertAt = chain.size();
        }
    }

    private void inTraceback(String text, int line) {
        if (text.isBlank() || Character.isWhitespace(text.charAt(0))) {
            return;
        }
        if (LogHeader.parse(text).isPresent()) {
            return;
        }
        inTraceback = false;
        insert(ParsedThrowable.python(LogHeader.textBeforeHeader(text), tracebackLine, line));
    }

    private void addFrame(String text, int line) {
        hasFrames = true;
        if (launcherFrame.isEmpty() && text.contains(LAUNCHER)) {
            launcherFrame = text.strip();
        }
        if (chain.isEmpty() && previousLine == line - 1) {
            start(previousText, previousLine);
        }
        if (attached) {
            current().addFrame(line);
        }
    }

    private void readText(String text, int line) {
        suppressed |= text.stripLeading().startsWith("Suppressed: ");
        if (!attached) {
            if (chain.isEmpty() && ParsedThrowable.isHeading(text)) {
                start(text, line);
            }
        } else if (text.startsWith(": ") && current().isWrapper()) {
            ParsedThrowable.java(text.substring(2), line).ifPresent(this::push);
        } else if (text.startsWith(": ") && current().message().isEmpty()) {
            current().addMessageLine(text.substring(2), line);
        } else if (current().isReadingMessage()) {
            if (current().isWrapper() && ParsedThrowable.isHeading(text)) {
                start(text, line);
            } else {
                expectsTraceback = text.contains("Python worker. Please see the stack trace below");
                current().addMessageLine(text, line);
            }
        } else if (suppressed) {
            detach();
        }
    }

    private void push(ParsedThrowable thrown) {
        insert(thrown);
        if (thrown.message().endsWith(TRACEBACK)) {
            startTraceback(thrown.firstLine());
        } else if (thrown.message().isEmpty() && thrown.isWrapper()) {
            expectsTraceback = true;
        } else if (thrown.isWrapper()) {
            ParsedThrowable.quotedIn(thrown.message(), thrown.firstLine()).ifPresent(this::push);
        }
    }

    private void insert(ParsedThrowable thrown) {
        if (attached) {
            current().endMessage();
        }
        if (chain.size() == MAX_CHAIN_LENGTH) {
            chain.remove(chain.size() - 1);
        }
        insertAt = Math.min(insertAt, chain.size());
        chain.add(insertAt, thrown);
        insertAt++;
        attached = true;
    }

    private ParsedThrowable current() {
        return chain.get(insertAt - 1);
    }

    private void detach() {
        if (attached) {
            current().endMessage();
        }
        attached = false;
    }

    private static boolean isChained(String text) {
        return text.startsWith("During handling of the above exception")
                || text.startsWith("The above exception was the direct cause");
    }

    boolean expectsTraceback() {
        return expectsTraceback;
    }

    boolean isInTraceback() {
        return inTraceback;
    }

    boolean isReadingMessage() {
        return attached && current().isReadingMessage();
    }

    /** Whether stack frames were printed, not only the exception. */
    boolean hasFrames() {
        return hasFrames && !chain.isEmpty();
    }

    /** The first stack frame of Spark's launcher: spark-submit, YARN's client or the application master. May be empty. */
    String launcherFrame() {
        return launcherFrame;
    }

    /** The text of a line if it is the last one. */
    String textAt(int line) {
        return previousLine == line ? previousText : "";
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    int firstLine() {
        return chain.stream().mapToInt(ParsedThrowable::firstLine).min().orElse(0);
    }

    boolean contains(String type) {
        return chain.stream().anyMatch(thrown -> thrown.className().endsWith(type));
    }

    /** The innermost exception with a message that is not a wrapper, with the exception it led to. */
    Optional<RootCause> rootCause() {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        List<ParsedThrowable> unwrapped =
                chain.stream().filter(thrown -> !thrown.isWrapper()).toList();
        return Optional.of(RootCause.of(unwrapped.isEmpty() ? List.of(chain.get(chain.size() - 1)) : unwrapped));
    }
}
