package org.emrelay.runner.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes the final error line of a launcher, an interpreter or an argument parser. */
final class FinalMessage {
    private static final Pattern ERROR = Pattern.compile("Error: (.+)");
    private static final Pattern INTERPRETER = Pattern.compile(
            "\\S*python[\\d.]*: can't (?:open|find) .+|\\S+: error: .+|Unrecognized option: .+|Invalid maximum heap size.*"
                    + "|\\S+: line \\d+: .*(?:command not found|No such file or directory)");

    private static final Pattern KILLED = Pattern.compile(
            "(?:# )?(Killed|\\S*:? ?line \\d+:\\s+\\d+ Killed\\b.*|There is insufficient memory for the Java Runtime.*"
                    + "|Terminating due to java\\.lang\\.OutOfMemoryError.*)");

    private FinalMessage() {}

    static Optional<String> find(String text) {
        if (text.isEmpty() || Character.isWhitespace(text.charAt(0))) {
            return Optional.empty();
        }
        Matcher error = ERROR.matcher(text);
        if (error.matches()) {
            return Optional.of(error.group(1));
        }
        Matcher killed = KILLED.matcher(text);
        if (killed.matches()) {
            return Optional.of(killed.group(1));
        }
        return text.indexOf(':') > 0 && INTERPRETER.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
