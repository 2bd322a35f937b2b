package org.emrelay.runner.diagnosis;

import java.util.List;

/**
 * The root cause of a failure, as one log record reports it.
 *
 * @param isUserFault whether the text is the message of a UserFault, which contains its own remedy
 * @param context a second line with another exception of the chain that adds information; may be empty
 */
record RootCause(boolean isUserFault, String text, String context, int firstLine, int lastLine) {

    /** A message without a stack trace. */
    static RootCause ofMessage(String message, int line) {
        return new RootCause(false, LineText.forDisplay(message), "", line, line);
    }

    String message() {
        return context.isEmpty() ? text : text + "\n" + context;
    }

    /** The chain runs from the outermost to the innermost exception, without wrappers. */
    static RootCause of(List<ParsedThrowable> chain) {
        for (ParsedThrowable thrown : chain) {
            if (thrown.isUserFault()) {
                return spanning(thrown, "", thrown, thrown);
            }
        }
        ParsedThrowable outermost = chain.get(0);
        ParsedThrowable innermost = chain.get(chain.size() - 1);
        ParsedThrowable root = innermost;
        for (int index = chain.size() - 1; index >= 0 && root.message().isEmpty(); index--) {
            root = chain.get(index);
        }
        if (root.message().isEmpty()) {
            root = innermost;
        }
        for (ParsedThrowable earlier : chain) {
            if (earlier.text().equals(root.text())) {
                root = earlier;
                break;
            }
        }
        return combine(outermost, root, innermost);
    }

    private static RootCause combine(ParsedThrowable outermost, ParsedThrowable root, ParsedThrowable innermost) {
        if (outermost != root && outermost.isMoreDetailedThan(root)) {
            return spanning(outermost, "", outermost, root);
        }
        if (outermost != root && !outermost.covers(root) && !root.covers(outermost)) {
            return spanning(root, "which led to " + outermost.text(), outermost, root);
        }
        if (!root.covers(innermost)) {
            return spanning(root, "caused by " + innermost.text(), root, innermost);
        }
        return spanning(root, "", root, root);
    }

    private static RootCause spanning(
            ParsedThrowable cause, String context, ParsedThrowable one, ParsedThrowable other) {
        return new RootCause(
                cause.isUserFault(),
                cause.text(),
                context,
                Math.min(one.firstLine(), other.firstLine()),
                Math.max(one.lastLine(), other.lastLine()));
    }
}
