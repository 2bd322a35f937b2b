package org.emrelay.runner.fakeaws.wire;

import java.util.List;

/** Finds the name or id of the resource that a request addresses, for the call log. */
final class RequestedResource {
    private RequestedResource() {}

    static String find(Tree request, List<String> keys) {
        for (String key : keys) {
            List<String> values = request.texts(key);
            if (!values.isEmpty()) {
                return String.join(",", values);
            }
        }
        return "";
    }
}
