package org.emrelay.runner.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes the final error line of a launcher, an interpreter, an argument parser or the JVM. */
final class FinalMessage {
    /** Each has the message in its first group. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("Error: (.+)"),
            Pattern.compile(
                    "(?:# )?(Killed|\\S*:? ?line \\d+:\\s+\\d+ Killed\\b.*"
                            + "|There is insufficient memory for the Java Runtime.*|Terminating due to java\\.lang\\.OutOfMemoryError.*)"),
            Pattern.compile("# +(java\\.lang\\.OutOfMemoryError: .+|SIG[A-Z]+ \\(0x.+)"),
            Pattern.compile("\\S*\\b(launch_container\\.sh: .+)"),
            Pattern.compile(
                    "(\\S*python[\\d.]*: can't (?:open|find) .+|\\S+: error: .+|Unrecognized option: .+"
                            + "|Invalid maximum heap size.*|\\S+: line \\d+: .*(?:command not found|No such file or directory))"));

    /** The words of which a message has at least one. */
    private static final Phrases WORDS = Phrases.of(
            "Error: ",
            "Killed",
            "There is insufficient memory",
            "Terminating due to",
            "java.lang.OutOfMemoryError: ",
            "# SIG",
            " SIG",
            "launch_container.sh: ",
            ": can't ",
            "Unrecognized option: ",
            "Invalid maximum heap size",
            "command not found",
            "No such file or directory");

    private static final String JVM_INITIALIZATION = "Error occurred during initialization of VM";
    private static final Set<String> JVM_EXITS = Set.of(
            "Error: Could not create the Java Virtual Machine.",
            "Error: A fatal exception has occurred. Program will exit.");

    private FinalMessage() {}

    /** Must be cheap: it runs for every line that was not written by a logger. */
    static boolean isPossible(String text) {
        return text.indexOf(':') > 0 || text.startsWith("#") || text.equals(JVM_INITIALIZATION);
    }

    static Optional<String> find(String text) {
        if (text.isEmpty() || Character.isWhitespace(text.charAt(0))) {
            return Optional.empty();
        }
        if (text.equals(JVM_INITIALIZATION)) {
            return Optional.of(text);
        }
        if (!WORDS.occurIn(text)) {
            return Optional.empty();
        }
        for (Pattern pattern : PATTERNS) {
            Matcher message = pattern.matcher(text);
            if (message.matches()) {
                return Optional.of(message.group(1));
            }
        }
        return Optional.empty();
    }

    /** Whether the reason is on the line above. */
    static boolean isJvmExit(String text) {
        return JVM_EXITS.contains(text);
    }

    /** Whether the reason is on the line below. */
    static boolean isJvmInitialization(String message) {
        return message.equals(JVM_INITIALIZATION);
    }
}
