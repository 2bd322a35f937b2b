package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the sentence in which YARN, the system or the JVM tells that a process was ended from outside: no trace goes with it. */
final class KilledProcess {
    static final Pattern FOR_MEMORY = Pattern.compile("(?i)beyond (?:the )?'?(?:physical|virtual)'? memory limit"
            + "|exceeding (?:physical |virtual )?memory limits|exit(?:ed)? ?(?:status|code|with a non-zero exit code)?(?: is|:)? 137\\b"
            + "|exitCode[:=]? ?137\\b|oom-kill|Out of memory: Kill"
            + "|Terminating due to java.lang.OutOfMemoryError|insufficient memory for the Java Runtime");
    private static final Pattern BY_SYSTEM = Pattern.compile("Killed|.*line \\d+:\\s+\\d+ Killed\\b.*");
    private static final Pattern TERMINATED =
            Pattern.compile("(?i)exit(?:ed)? ?(?:status|code|with a non-zero exit code)?(?: is|:)? 143\\b");
    private static final Pattern WORTH_TELLING = Pattern.compile("(?:ExecutorLostFailure \\(|(?:AM )?Container )");

    private static final List<String> WORDS = List.of(
            "137",
            "143",
            "memory limit",
            "Killed",
            "Out of memory",
            "oom-kill",
            "Terminating due",
            "insufficient memory");

    private KilledProcess() {}

    static boolean isForMemory(String text) {
        return isWorthReading(text)
                && (FOR_MEMORY.matcher(text).find() || BY_SYSTEM.matcher(text).matches());
    }

    static boolean isTermination(String text) {
        return isWorthReading(text) && TERMINATED.matcher(text).find();
    }

    /** Cheap, for it is asked of nearly each line. */
    private static boolean isWorthReading(String text) {
        return WORDS.stream().anyMatch(text::contains);
    }

    /** The sentence without what a log puts before it. */
    static String sentence(String text) {
        Matcher told = WORTH_TELLING.matcher(text);
        return told.find() ? text.substring(told.start()) : text;
    }
}
