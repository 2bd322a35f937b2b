package org.emrelay.runner.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The exceptions of one record, from the outermost to the innermost, read from Java's, Scala's and Python's stacks alike. */
final class Trace {
    private static final String PYTHON = "Traceback (most recent call last):";
    private static final String CAUSED_BY = "Caused by: ";
    private static final int LONGEST_CHAIN = 50;

    private final List<ParsedThrowable> chain = new ArrayList<>();
    private boolean attached;
    private boolean stacked;
    private boolean suppressed;
    private boolean inPython;
    private boolean awaitsPython;
    private int pythonLine;
    private int pythonPlace;
    private int insertAt;
    private String before = "";
    private int lineBefore;

    static boolean isTraceback(String text) {
        return text.startsWith(PYTHON);
    }

    static boolean isFrame(String text) {
        String frame = text.stripLeading();
        if (frame.length() == text.length()) {
            return false;
        }
        if (frame.startsWith("... ")) {
            return frame.endsWith(" more") || frame.endsWith("frames omitted");
        }
        return frame.startsWith("at ") && frame.indexOf('(') > 0;
    }

    void accept(String text, int line) {
        if (inPython) {
            inPython(text, line);
        } else if (isFrame(text)) {
            frame(line);
        } else if (isTraceback(text)) {
            enterPython(line);
        } else if (text.startsWith(CAUSED_BY)) {
            ParsedThrowable.java(text.substring(CAUSED_BY.length()), line).ifPresent(this::push);
        } else if (text.startsWith("Driver stacktrace:")) {
            detach();
        } else if (isChained(text)) {
            awaitsPython = true;
            detach();
            insertAt = pythonPlace;
        } else {
            sentence(text, line);
        }
        if (!text.isBlank()) {
            before = text;
            lineBefore = line;
        }
    }

    /** A trace's first line, where its class may have any name. */
    void open(String text, int line) {
        ParsedThrowable.java(text, line).ifPresent(this::push);
    }

    void quote(String sentence, int line) {
        ParsedThrowable.quotedIn(sentence, line).ifPresent(this::push);
    }

    /** Python prints nothing but the place above a syntax error in the script itself. */
    void enterPython(int line) {
        inPython = true;
        awaitsPython = false;
        stacked = true;
        pythonLine = line;
        if (insertAt >= chain.size()) {
            pythonPlace = chain.size();
            insertAt = chain.size();
        }
    }

    private void inPython(String text, int line) {
        if (text.isBlank() || Character.isWhitespace(text.charAt(0))) {
            return;
        }
        if (LogHeader.parse(text).isPresent()) {
            return;
        }
        inPython = false;
        insert(ParsedThrowable.python(LogHeader.cutOff(text), pythonLine, line));
    }

    private void frame(int line) {
        stacked = true;
        if (chain.isEmpty() && lineBefore == line - 1) {
            open(before, lineBefore);
        }
        if (attached) {
            current().frame(line);
        }
    }

    private void sentence(String text, int line) {
        suppressed |= text.stripLeading().startsWith("Suppressed: ");
        if (!attached) {
            if (chain.isEmpty() && ParsedThrowable.isHeading(text)) {
                open(text, line);
            }
        } else if (text.startsWith(": ") && current().isWrapper()) {
            ParsedThrowable.java(text.substring(2), line).ifPresent(this::push);
        } else if (text.startsWith(": ") && current().message().isEmpty()) {
            current().read(text.substring(2), line);
        } else if (current().isReading()) {
            if (current().isWrapper() && ParsedThrowable.isHeading(text)) {
                open(text, line);
            } else {
                awaitsPython = text.contains("Python worker. Please see the stack trace below");
                current().read(text, line);
            }
        } else if (suppressed) {
            detach();
        }
    }

    private void push(ParsedThrowable thrown) {
        insert(thrown);
        if (thrown.message().endsWith(PYTHON)) {
            enterPython(thrown.firstLine());
        } else if (thrown.message().isEmpty() && thrown.isWrapper()) {
            awaitsPython = true;
        } else if (thrown.isWrapper()) {
            ParsedThrowable.quotedIn(thrown.message(), thrown.firstLine()).ifPresent(this::push);
        }
    }

    private void insert(ParsedThrowable thrown) {
        if (attached) {
            current().stopReading();
        }
        if (chain.size() == LONGEST_CHAIN) {
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
            current().stopReading();
        }
        attached = false;
    }

    private static boolean isChained(String text) {
        return text.startsWith("During handling of the above exception")
                || text.startsWith("The above exception was the direct cause");
    }

    boolean awaitsTraceback() {
        return awaitsPython;
    }

    boolean isInPython() {
        return inPython;
    }

    boolean isReading() {
        return attached && current().isReading();
    }

    /** Whether a stack was printed, not only an exception's name. */
    boolean isStacked() {
        return stacked && !chain.isEmpty();
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    int firstLine() {
        return chain.stream().mapToInt(ParsedThrowable::firstLine).min().orElse(0);
    }

    boolean anyOf(String type) {
        return chain.stream().anyMatch(thrown -> thrown.type().endsWith(type));
    }

    /** The innermost exception that is not a mere wrapper and has something to say, and what it led to. */
    Optional<RootCause> root() {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        List<ParsedThrowable> own =
                chain.stream().filter(thrown -> !thrown.isWrapper()).toList();
        return Optional.of(RootCause.of(own.isEmpty() ? List.of(chain.get(chain.size() - 1)) : own));
    }
}
