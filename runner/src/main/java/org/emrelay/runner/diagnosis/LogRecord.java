package org.emrelay.runner.diagnosis;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.diagnosis.Candidate.Relevance;
import org.emrelay.runner.diagnosis.LogHeader.Level;
import org.jspecify.annotations.Nullable;

/** A log record: a logger's line or a line of plain text, with its continuation lines. */
final class LogRecord {
    private static final Pattern THREAD = Pattern.compile("Exception in thread \"([^\"]{0,300})\" (.*)");
    private static final Pattern FATAL_THREAD = Pattern.compile("main|Driver");
    private static final String PYTHON_FRAME = "  File \"";
    private static final Pattern PYTHON_FRAME_LINE = Pattern.compile("  File \".{1,500}\", line \\d+");
    private static final String USER_CLASS_EXCEPTION = "User class threw exception: ";
    private static final Pattern DIAGNOSTICS =
            Pattern.compile("(?:\\s*diagnostics|Application diagnostics message): (.+)");

    private final Level level;
    private final LogHeader header;
    private final Trace trace = new Trace();
    private final int line;
    private final SparkProcess process;
    private final boolean shuttingDown;
    private boolean fatal;
    private boolean noise;
    private boolean inTask;
    private boolean ignoredException;
    private String finalMessage = "";
    private int finalLine;
    private @Nullable ProcessExit exit;
    private int exitLine;

    private LogRecord(LogHeader header, int line, SparkProcess process, boolean shuttingDown) {
        this.level = header.level();
        this.header = header;
        this.line = line;
        this.process = process;
        this.shuttingDown = shuttingDown;
    }

    static LogRecord withoutHeader(int line, SparkProcess process, boolean shuttingDown) {
        return new LogRecord(new LogHeader(Level.NONE, "", ""), line, process, shuttingDown);
    }

    /** A new record if the line does not continue the previous one. */
    static Optional<LogRecord> startingWith(String text, int line, LogRecord previous, boolean shuttingDown) {
        if (text.isEmpty() || (text.charAt(0) <= ' ' && !text.startsWith(PYTHON_FRAME))) {
            return Optional.empty();
        }
        Optional<LogHeader> header = LogHeader.parse(text);
        if (header.isPresent()) {
            // The JVM keeps logging while Python prints a traceback line by line.
            if (header.get().level() == Level.INFO && previous.trace.isInTraceback()) {
                return Optional.empty();
            }
            LogRecord record = new LogRecord(header.get(), line, previous.process, shuttingDown);
            record.readHeader(header.get().message());
            return Optional.of(record);
        }
        if (!canStart(text)) {
            return Optional.empty();
        }
        Level level = Trace.isTraceback(text) && previous.introducesTracebackAt(line) ? previous.level : Level.NONE;
        LogRecord record = new LogRecord(new LogHeader(level, "", ""), line, previous.process, shuttingDown);
        return record.tryStart(text, previous) ? Optional.of(record) : Optional.empty();
    }

    /** Must be cheap: it runs for every line that was not written by a logger. */
    private static boolean canStart(String text) {
        return text.startsWith(PYTHON_FRAME)
                || FinalMessage.isPossible(text)
                || text.startsWith("Exception ")
                || ParsedThrowable.isHeading(text);
    }

    private boolean tryStart(String text, LogRecord previous) {
        Matcher thread = THREAD.matcher(text);
        if (text.startsWith("Exception in thread ") && thread.matches()) {
            fatal = FATAL_THREAD.matcher(thread.group(1)).matches();
            noise = KnownNoise.isNoise(thread.group(1));
            inTask = isTaskFailure(text);
            trace.start(thread.group(2), line);
            return true;
        }
        if (Trace.isTraceback(text) && !previous.trace.expectsTraceback()) {
            boolean introduced = previous.introducesTracebackAt(line);
            // A Python worker that loses its executor prints a traceback too.
            fatal = !introduced && process == SparkProcess.DRIVER;
            noise = previous.ignoredException && introduced;
            trace.accept(text, line);
            return true;
        }
        if (text.startsWith(PYTHON_FRAME)
                && PYTHON_FRAME_LINE.matcher(text).matches()
                && !previous.trace.isInTraceback()) {
            fatal = true;
            trace.startTraceback(line);
            return true;
        }
        if (ParsedThrowable.isHeading(text) && previous.isComplete()) {
            trace.start(text, line);
            return true;
        }
        ignoredException = text.startsWith("Exception ignored in");
        noise = ignoredException;
        return ignoredException || tryStartFinalMessage(text, previous);
    }

    private boolean tryStartFinalMessage(String text, LogRecord previous) {
        finalLine = line;
        if (previous.trace.isInTraceback()) {
            return false;
        }
        if (FinalMessage.isJvmExit(text)) {
            finalLine = line - 1;
            finalMessage = previous.finalMessage.isEmpty() ? previous.trace.textAt(finalLine) : "";
        } else {
            // A shell's "Killed" within YARN's diagnostics adds nothing to the exit status.
            finalMessage = FinalMessage.find(text)
                    .filter(found ->
                            previous.exit == null || ProcessExit.find(found).isEmpty())
                    .orElse("");
        }
        return !finalMessage.isEmpty();
    }

    /** Python's logging and its "Exception ignored in" message print the traceback below their own line. */
    private boolean introducesTracebackAt(int nextLine) {
        return nextLine == line + 1 && trace.isEmpty() && (header.isFromPython() || ignoredException);
    }

    private boolean isComplete() {
        if (trace.isInTraceback() || trace.isReadingMessage()) {
            return false;
        }
        // A stack trace printed by a job follows an arbitrary log record.
        boolean unrelated = trace.isEmpty() && (level == Level.INFO || KnownNoise.isTraceless(header));
        return unrelated || trace.hasFrames() || !finalMessage.isEmpty();
    }

    private void readHeader(String message) {
        inTask = isTaskFailure(message);
        readMessage(text(), line);
    }

    /** The message of a logger's line, without what Spark's client writes in front of YARN's diagnostics. */
    private String text() {
        String diagnostics = diagnostics(header.message());
        return diagnostics.isEmpty() ? header.message() : diagnostics;
    }

    private static String diagnostics(String text) {
        if (!text.contains("iagnostics")) {
            return "";
        }
        Matcher diagnostics = DIAGNOSTICS.matcher(text);
        return diagnostics.matches() ? diagnostics.group(1) : "";
    }

    private static boolean isTaskFailure(String message) {
        return message.contains("Lost task ") || message.contains("Exception in task ");
    }

    private void readMessage(String message, int at) {
        if (message.contains(USER_CLASS_EXCEPTION)) {
            fatal = true;
        }
        if (level != Level.INFO || fatal || inTask) {
            trace.addQuoted(message, at);
        }
        // At INFO, executors that exit are not failures.
        boolean expected = level == Level.INFO && at == line;
        readExit(message, at, kind -> !expected || kind != ProcessExit.Kind.EXITED);
    }

    /** Keeps the first of the exits that explain most. */
    private void readExit(String text, int at, Predicate<ProcessExit.Kind> condition) {
        ProcessExit.Kind known = exit == null ? null : exit.kind();
        ProcessExit.find(text)
                .filter(found -> condition.test(found.kind()))
                .filter(found -> known == null || found.kind().compareTo(known) > 0)
                .ifPresent(found -> {
                    exit = found;
                    exitLine = at;
                });
    }

    void accept(String text, int at) {
        if (!trace.isReadingMessage() && !trace.isInTraceback() && !Trace.isFrame(text)) {
            String diagnostics = diagnostics(text);
            if (!diagnostics.isEmpty()) {
                readMessage(diagnostics, at);
                return;
            }
            readExit(text, at, kind -> kind.compareTo(ProcessExit.Kind.KILLED) >= 0);
            if (FinalMessage.isJvmInitialization(finalMessage)) {
                finalMessage += ": " + text;
            }
        }
        trace.accept(text, at);
    }

    String message() {
        return header.message();
    }

    Optional<Candidate> candidate() {
        boolean nothing = trace.isEmpty() && exit == null && finalMessage.isEmpty() && level != Level.ERROR;
        if (nothing || noise) {
            return Optional.empty();
        }
        return anyCandidate().filter(found -> !KnownNoise.isNoise(header));
    }

    private Optional<Candidate> anyCandidate() {
        if (!finalMessage.isEmpty()) {
            return Optional.of(messageCandidate(Relevance.FATAL, finalMessage, finalLine));
        }
        if (!trace.isEmpty() && (trace.hasFrames() || fatal || trace.contains("OutOfMemoryError"))) {
            return trace.rootCause()
                    .filter(root -> !KnownNoise.isShutdownException(root.text()))
                    .map(this::traceCandidate);
        }
        if (exit != null) {
            return Optional.of(messageCandidate(exit.kind().relevance, exit.message(), exitLine));
        }
        if (level == Level.ERROR && !header.message().isBlank()) {
            Relevance relevance =
                    KnownNoise.isConsequence(header.message()) ? Relevance.INCIDENTAL : Relevance.ERROR_MESSAGE;
            return Optional.of(messageCandidate(relevance, text(), line));
        }
        return Optional.empty();
    }

    private Candidate messageCandidate(Relevance relevance, String message, int at) {
        return Candidate.of(relevance, RootCause.ofMessage(message, at), inTask, "");
    }

    private Candidate traceCandidate(RootCause root) {
        return Candidate.of(
                relevanceOf(root.text()),
                root,
                inTask || root.text().startsWith("ExecutorLostFailure"),
                trace.launcherFrame());
    }

    private Relevance relevanceOf(String text) {
        if (KnownNoise.isStatusReport(text)) {
            return Relevance.STATUS_REPORT;
        }
        boolean killed = ProcessExit.find(text)
                .filter(found -> found.kind().relevance == Relevance.ERROR)
                .isPresent();
        if (killed) {
            return fatal ? Relevance.FATAL : Relevance.ERROR;
        }
        if (KnownNoise.isConsequence(text) || trace.contains("Py4JNetworkError")) {
            return Relevance.CONSEQUENCE;
        }
        if (fatal) {
            return Relevance.FATAL;
        }
        boolean printed = level == Level.INFO && trace.firstLine() > line;
        if (shuttingDown || (level == Level.INFO && !printed)) {
            return Relevance.INCIDENTAL;
        }
        if (level == Level.ERROR) {
            return Relevance.ERROR;
        }
        return level == Level.NONE || printed || inTask ? Relevance.TASK_ATTEMPT : Relevance.WARNING;
    }
}
