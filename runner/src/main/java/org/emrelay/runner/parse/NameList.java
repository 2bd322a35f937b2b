package org.emrelay.runner.parse;

import java.util.List;

/** Formats names for a message and truncates long lists. */
final class NameList {
    private static final int MAX_NAMES = 20;

    private NameList() {}

    static String format(List<String> names) {
        String shown = String.join(
                ", ",
                names.stream().limit(MAX_NAMES).map(RecordBinder::abbreviate).toList());
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }
}
