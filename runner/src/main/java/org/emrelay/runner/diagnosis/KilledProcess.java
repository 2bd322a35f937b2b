package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes messages of YARN, Linux and the JVM about a killed process. They have no stack trace. */
final class KilledProcess {
    static final Pattern OUT_OF_MEMORY = Pattern.compile("(?i)beyond (?:the )?'?(?:physical|virtual)'? memory limit"
            + "|exceeding (?:physical |virtual )?memory limits|exit(?:ed)? ?(?:status|code|with a non-zero exit code)?(?: is|:)? 137\\b"
            + "|exitCode[:=]? ?137\\b|oom-kill|Out of memory: Kill"
            + "|Terminating due to java.lang.OutOfMemoryError|insufficient memory for the Java Runtime");
    private static final Pattern KILLED = Pattern.compile("Killed|.*line \\d+:\\s+\\d+ Killed\\b.*");
    private static final Pattern TERMINATED =
            Pattern.compile("(?i)exit(?:ed)? ?(?:status|code|with a non-zero exit code)?(?: is|:)? 143\\b");
    private static final Pattern MESSAGE_START = Pattern.compile("(?:ExecutorLostFailure \\(|(?:AM )?Container )");

    private static final List<String> KEYWORDS = List.of(
            "137",
            "143",
            "memory limit",
            "Killed",
            "Out of memory",
            "oom-kill",
            "Terminating due",
            "insufficient memory");

    private KilledProcess() {}

    static boolean isOutOfMemory(String text) {
        return hasKeyword(text)
                && (OUT_OF_MEMORY.matcher(text).find() || KILLED.matcher(text).matches());
    }

    static boolean isTerminated(String text) {
        return hasKeyword(text) && TERMINATED.matcher(text).find();
    }

    /** Must be cheap: it runs for nearly every line. */
    private static boolean hasKeyword(String text) {
        return KEYWORDS.stream().anyMatch(text::contains);
    }

    /** The message without its prefix in the log line. */
    static String message(String text) {
        Matcher start = MESSAGE_START.matcher(text);
        return start.find() ? text.substring(start.start()) : text;
    }
}
