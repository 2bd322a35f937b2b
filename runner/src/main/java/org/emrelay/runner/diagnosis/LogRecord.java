package org.emrelay.runner.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was written at once: a logger's line, or the first line of bare text, with the lines that continue it. */
final class LogRecord {
    private static final Pattern THREAD = Pattern.compile("Exception in thread \"([^\"]{0,300})\" (.*)");
    private static final Pattern DEADLY_THREAD = Pattern.compile("main|Driver");
    private static final String SCRIPT = "  File \"";
    private static final Pattern SCRIPT_LINE = Pattern.compile("  File \".{1,500}\", line \\d+");
    private static final String USER_CLASS = "User class threw exception: ";
    private static final Pattern DIAGNOSTICS = Pattern.compile("\\s*diagnostics: (.+)");

    private final Level level;
    private final LogHeader header;
    private final Trace trace = new Trace();
    private final int line;
    private final boolean stopping;
    private boolean deadly;
    private boolean noise;
    private boolean inTask;
    private boolean isComplaint;
    private String lastWord = "";
    private String killed = "";
    private int killedLine;

    private LogRecord(LogHeader header, int line, boolean stopping) {
        this.level = header.level();
        this.header = header;
        this.line = line;
        this.stopping = stopping;
    }

    static LogRecord bare(int line, boolean stopping) {
        return new LogRecord(new LogHeader(Level.BARE, "", ""), line, stopping);
    }

    /** Begins a record where this line cannot continue the one before. */
    static Optional<LogRecord> begunBy(String text, int line, LogRecord before, boolean stopping) {
        if (text.isEmpty() || (text.charAt(0) <= ' ' && !text.startsWith(SCRIPT))) {
            return Optional.empty();
        }
        Optional<LogHeader> header = LogHeader.parse(text);
        if (header.isPresent()) {
            // The JVM logs on while Python prints a traceback line by line.
            if (header.get().level() == Level.QUIET && before.trace.isInPython()) {
                return Optional.empty();
            }
            LogRecord record = new LogRecord(header.get(), line, stopping);
            record.readHeader(header.get().message());
            return Optional.of(record);
        }
        if (!mayBegin(text)) {
            return Optional.empty();
        }
        Level level = Trace.isTraceback(text) && before.introducesTracebackAt(line) ? before.level : Level.BARE;
        LogRecord record = new LogRecord(new LogHeader(level, "", ""), line, stopping);
        return record.isBegunBy(text, before) ? Optional.of(record) : Optional.empty();
    }

    /** Cheap, for it is asked of each line that no logger wrote. */
    private static boolean mayBegin(String text) {
        return text.startsWith(SCRIPT)
                || text.indexOf(':') > 0
                || text.startsWith("Exception ")
                || ParsedThrowable.isHeading(text);
    }

    private boolean isBegunBy(String text, LogRecord before) {
        Matcher thread = THREAD.matcher(text);
        if (thread.matches()) {
            deadly = DEADLY_THREAD.matcher(thread.group(1)).matches();
            noise = KnownNoise.isSaidIn(thread.group(1));
            inTask = isOfTask(text);
            trace.open(thread.group(2), line);
            return true;
        }
        if (Trace.isTraceback(text) && !before.trace.awaitsTraceback()) {
            deadly = !before.introducesTracebackAt(line);
            noise = before.isComplaint && !deadly;
            trace.accept(text, line);
            return true;
        }
        if (SCRIPT_LINE.matcher(text).matches() && !before.trace.isInPython()) {
            deadly = true;
            trace.enterPython(line);
            return true;
        }
        if (ParsedThrowable.isHeading(text) && before.isOver()) {
            trace.open(text, line);
            return true;
        }
        Optional<String> word = before.trace.isInPython() ? Optional.empty() : FinalMessage.in(text);
        word.ifPresent(said -> lastWord = said);
        isComplaint = text.startsWith("Exception ignored in");
        noise = isComplaint;
        return isComplaint || word.isPresent();
    }

    /** Python's logging, and its complaint about a destructor, print the traceback below their own line. */
    private boolean introducesTracebackAt(int next) {
        return next == line + 1 && trace.isEmpty() && (header.isPythons() || isComplaint);
    }

    private boolean isOver() {
        if (trace.isInPython() || trace.isReading()) {
            return false;
        }
        // What a job prints itself follows whatever was logged last.
        boolean unrelated = trace.isEmpty() && (level == Level.QUIET || KnownNoise.isTraceless(header));
        return unrelated || trace.isStacked() || !lastWord.isEmpty();
    }

    private void readHeader(String message) {
        inTask = isOfTask(message);
        readSentence(message, line);
    }

    private static boolean isOfTask(String sentence) {
        return sentence.contains("Lost task ") || sentence.contains("Exception in task ");
    }

    private void readSentence(String sentence, int at) {
        if (sentence.contains(USER_CLASS)) {
            deadly = true;
        }
        if (level != Level.QUIET || deadly || inTask) {
            trace.quote(sentence, at);
        }
        if (killed.isEmpty() && (KilledProcess.isForMemory(sentence) || KilledProcess.isTermination(sentence))) {
            killed = KilledProcess.sentence(sentence);
            killedLine = at;
        }
    }

    void accept(String text, int at) {
        if (!trace.isReading() && !trace.isInPython() && !Trace.isFrame(text)) {
            Matcher diagnostics = DIAGNOSTICS.matcher(text);
            if (diagnostics.matches()) {
                readSentence(diagnostics.group(1), at);
                return;
            }
            if (killed.isEmpty() && KilledProcess.isForMemory(text)) {
                killed = KilledProcess.sentence(text);
                killedLine = at;
            }
        }
        trace.accept(text, at);
    }

    String sentence() {
        return header.message();
    }

    Optional<Candidate> candidate() {
        boolean nothing = trace.isEmpty() && killed.isEmpty() && lastWord.isEmpty() && level != Level.ERROR;
        if (nothing || noise || KnownNoise.inHeader(header)) {
            return Optional.empty();
        }
        if (!lastWord.isEmpty()) {
            return Optional.of(sentenceOf(Relevance.DEATH, lastWord, line));
        }
        if (!trace.isEmpty() && (trace.isStacked() || deadly || trace.anyOf("OutOfMemoryError"))) {
            return trace.root()
                    .filter(root -> !KnownNoise.isOfStopping(root.text()))
                    .map(this::traced);
        }
        if (!killed.isEmpty()) {
            boolean memory = KilledProcess.isForMemory(killed);
            return Optional.of(sentenceOf(memory ? Relevance.ERROR : Relevance.ERROR_SENTENCE, killed, killedLine));
        }
        if (level == Level.ERROR && !header.message().isBlank()) {
            boolean consequence = KnownNoise.isConsequence(header.message());
            return Optional.of(
                    sentenceOf(consequence ? Relevance.ASIDE : Relevance.ERROR_SENTENCE, header.message(), line));
        }
        return Optional.empty();
    }

    private Candidate sentenceOf(Relevance weight, String sentence, int at) {
        return new Candidate(weight, LineText.shown(sentence), "", at, at, inTask, false);
    }

    private Candidate traced(RootCause root) {
        boolean task = inTask || root.text().startsWith("ExecutorLostFailure");
        return new Candidate(
                weightOf(root.text()),
                root.text(),
                root.addition(),
                root.firstLine(),
                root.lastLine(),
                task,
                root.isToldToUser());
    }

    private Relevance weightOf(String text) {
        if (KilledProcess.isForMemory(text)) {
            return deadly ? Relevance.DEATH : Relevance.ERROR;
        }
        if (KnownNoise.isConsequence(text) || trace.anyOf("Py4JNetworkError")) {
            return Relevance.CONSEQUENCE;
        }
        if (deadly) {
            return Relevance.DEATH;
        }
        boolean printed = level == Level.QUIET && trace.firstLine() > line;
        if (stopping || (level == Level.QUIET && !printed)) {
            return Relevance.ASIDE;
        }
        if (level == Level.ERROR) {
            return Relevance.ERROR;
        }
        return level == Level.BARE || printed || inTask ? Relevance.ATTEMPT : Relevance.WARNING;
    }
}
