package org.emrelay.runner.fakeaws.wire;

import java.util.Objects;
import java.util.regex.Pattern;

/** A request parsed into an AWS API operation and its parameters. */
public record ApiRequest(
        String service, String operation, String resource, Tree parameters, Request http, boolean supported) {
    private static final Pattern READ_OPERATION = Pattern.compile("(Get|Describe|List|Head)[A-Z].*");

    public ApiRequest {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(http, "http");
    }

    public boolean mutates() {
        return !READ_OPERATION.matcher(operation).matches();
    }
}
