package org.emrelay.runner.diagnosis;

import java.util.List;

/** What a trace comes down to: the exception that began it, a second line where another one adds to it, and their lines. */
record RootCause(boolean isToldToUser, String text, String addition, int firstLine, int lastLine) {

    /** Takes a chain from the outermost to the innermost exception, mere wrappers left out. */
    static RootCause of(List<ParsedThrowable> chain) {
        for (ParsedThrowable thrown : chain) {
            if (thrown.isToldToUser()) {
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
        return together(outermost, root, innermost);
    }

    private static RootCause together(ParsedThrowable outermost, ParsedThrowable root, ParsedThrowable innermost) {
        if (outermost != root && outermost.saysMoreThan(root)) {
            return spanning(outermost, "", outermost, root);
        }
        if (outermost != root && !outermost.tells(root) && !root.tells(outermost)) {
            return spanning(root, "which led to " + outermost.text(), outermost, root);
        }
        if (!root.tells(innermost)) {
            return spanning(root, "caused by " + innermost.text(), root, innermost);
        }
        return spanning(root, "", root, root);
    }

    private static RootCause spanning(
            ParsedThrowable said, String addition, ParsedThrowable one, ParsedThrowable other) {
        return new RootCause(
                said.isToldToUser(),
                said.text(),
                addition,
                Math.min(one.firstLine(), other.firstLine()),
                Math.max(one.lastLine(), other.lastLine()));
    }

    String message() {
        return addition.isEmpty() ? text : text + "\n" + addition;
    }
}
