package org.emrelay.runner.fakeaws.wire;

import java.util.List;

/** Finds what a request is about, for the log of calls. */
final class Resources {
    private Resources() {}

    static String named(Tree request, List<String> keys) {
        for (String key : keys) {
            List<String> values = request.texts(key);
            if (!values.isEmpty()) {
                return String.join(",", values);
            }
        }
        return "";
    }
}
