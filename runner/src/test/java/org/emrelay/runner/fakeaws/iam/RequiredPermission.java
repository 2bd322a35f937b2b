package org.emrelay.runner.fakeaws.iam;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An action that the caller of an operation needs, on a resource.
 *
 * @param resource an ARN, or {@code *} for an action without resource-level permissions
 * @param context the condition keys of the request
 */
public record RequiredPermission(String action, String resource, Map<String, String> context) {
    public RequiredPermission {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
        context = Map.copyOf(context);
    }

    /** With the keys that each request has. */
    Map<String, String> contextIn(String region) {
        Map<String, String> all = new HashMap<>(context);
        all.put("aws:RequestedRegion", region);
        return all;
    }

    public static RequiredPermission on(String action, String resource) {
        return new RequiredPermission(action, resource, Map.of());
    }
}
