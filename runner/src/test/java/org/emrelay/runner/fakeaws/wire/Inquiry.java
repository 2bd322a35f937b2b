package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;
import java.util.regex.Pattern;

/** One thing asked of one service. */
public record Inquiry(
        String service, String operation, String resource, Tree parameters, Request request, boolean known) {
    private static final Pattern READING = Pattern.compile("(Get|Describe|List|Head)[A-Z].*");

    public Inquiry {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(request, "request");
    }

    public boolean mutates() {
        return !READING.matcher(operation).matches();
    }
}
