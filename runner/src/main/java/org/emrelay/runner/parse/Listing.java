package org.emrelay.runner.parse;

import java.util.List;

/** Lists names in a sentence without making a page of it. */
final class Listing {
    private static final int MOST = 20;

    private Listing() {}

    static String of(List<String> names) {
        String shown = String.join(
                ", ", names.stream().limit(MOST).map(RecordBinder::shortened).toList());
        return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
    }
}
