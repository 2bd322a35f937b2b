package org.emrelay.runner.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.diagnosis.Candidate.Relevance;
import org.emrelay.runner.diagnosis.Finding.Certainty;

/**
 * How a process ended, in the words of YARN, Spark, Linux or the JVM. There is no stack trace.
 *
 * @param message the message without its prefix in the log line
 */
record ProcessExit(Kind kind, String message) {
    /** Why a process ended, ascending by how much the message explains. */
    enum Kind {
        /** The application master reported a failure to YARN: its own log has the cause. */
        FAILED_MASTER(Relevance.STATUS_REPORT, Certainty.STATUS_REPORT),
        /** The driver ended itself. */
        SELF_ENDED(Relevance.EXIT, Certainty.EXIT),
        /** An executor exited, or a container was terminated. */
        EXITED(Relevance.ERROR_MESSAGE, Certainty.LOST_PROCESS),
        KILLED(Relevance.ERROR, Certainty.LOST_PROCESS),
        /** YARN, Linux or the JVM says why it ended the process. */
        EXPLAINED(Relevance.ERROR, Certainty.FINAL);

        final Relevance relevance;
        final Certainty certainty;

        Kind(Relevance relevance, Certainty certainty) {
            this.relevance = relevance;
            this.certainty = certainty;
        }
    }

    private static final Pattern REASON = Pattern.compile("(?i)beyond (?:the )?'?(?:physical|virtual)'? memory limit"
            + "|exceeding (?:physical |virtual )?memory limits|oom-kill|Out of memory: Kill"
            + "|Terminating due to java.lang.OutOfMemoryError|insufficient memory for the Java Runtime"
            + "|^Application application_\\S+ was killed by user ");
    private static final Phrases REASON_PHRASES = Phrases.of(
            "memory limit",
            "oom-kill",
            "Out of memory: Kill",
            "Terminating due to",
            "insufficient memory for",
            "was killed by user");
    private static final Pattern KILLED_BY_SHELL = Pattern.compile("Killed|.*line \\d+:\\s+\\d+ Killed\\b.*");
    private static final Pattern SIGNAL = Pattern.compile(
            "(?i)(?:exit(?:ed)? ?(?:status|code|with a non-zero exit code)?(?: is|:)?|exitCode[:=]?) ?(137|143)\\b");
    private static final Pattern MASTER =
            Pattern.compile("AM Container for \\S+ exited with +exitCode: (-?\\d{1,9})\\b");
    private static final Pattern EXECUTOR =
            Pattern.compile("\\bContainer [^.]{0,200} on host: \\S{1,200} Exit status: ([1-9]\\d*)\\.");
    private static final Pattern PROGRAM = Pattern.compile("User application exited with (?:status )?-?\\d+");
    private static final String EARLY_SHUTDOWN = "Shutdown hook called before final status was reported.";
    private static final Pattern MESSAGE_START = Pattern.compile("ExecutorLostFailure \\(|(?:AM )?Container ");

    /** Spark's application master exits with these after it has logged what failed. */
    private static final int FIRST_MASTER_FAILURE = 10;

    private static final int LAST_MASTER_FAILURE = 17;
    private static final int FIRST_SIGNAL = 129;

    /** Must be cheap: it runs for nearly every line. Each pattern is tried only if the text contains a word of it. */
    static Optional<ProcessExit> find(String text) {
        boolean explained = text.contains("emory") || text.contains("oom-kill") || text.contains("was killed by");
        if (explained && REASON_PHRASES.occurIn(text) && REASON.matcher(text).find()) {
            return of(Kind.EXPLAINED, text);
        }
        if (text.contains("Killed") && KILLED_BY_SHELL.matcher(text).matches()) {
            return of(Kind.KILLED, text);
        }
        if (text.contains(EARLY_SHUTDOWN)) {
            return Optional.of(new ProcessExit(Kind.SELF_ENDED, EARLY_SHUTDOWN));
        }
        return text.contains("xit") ? findStatus(text) : Optional.empty();
    }

    private static Optional<ProcessExit> findStatus(String text) {
        Matcher master = MASTER.matcher(text);
        if (text.contains("AM Container for") && master.find()) {
            return Optional.of(new ProcessExit(ofMaster(Integer.parseInt(master.group(1))), master.group()));
        }
        Matcher signal = SIGNAL.matcher(text);
        if ((text.contains("137") || text.contains("143")) && signal.find()) {
            return of(signal.group(1).equals("137") ? Kind.KILLED : Kind.EXITED, text);
        }
        if (text.contains("Exit status") && EXECUTOR.matcher(text).find()) {
            return of(Kind.EXITED, text);
        }
        Matcher program = PROGRAM.matcher(text);
        return text.contains("User application exited") && program.find()
                ? Optional.of(new ProcessExit(Kind.SELF_ENDED, program.group()))
                : Optional.empty();
    }

    private static Optional<ProcessExit> of(Kind kind, String text) {
        Matcher start = MESSAGE_START.matcher(text);
        return Optional.of(new ProcessExit(kind, start.find() ? text.substring(start.start()) : text));
    }

    /** Negative exit codes are YARN's own. */
    private static Kind ofMaster(int code) {
        if (code < 0 || code >= FIRST_SIGNAL) {
            return Kind.KILLED;
        }
        return code >= FIRST_MASTER_FAILURE && code <= LAST_MASTER_FAILURE ? Kind.FAILED_MASTER : Kind.SELF_ENDED;
    }
}
