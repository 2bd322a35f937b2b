package org.emrelay.runner.platform;

import java.util.List;
import java.util.Objects;

/**
 * What a program printed before it failed.
 *
 * @param log the log that ends with these lines
 */
public record LastOutput(String log, List<String> lines) {
    public LastOutput {
        Objects.requireNonNull(log, "log");
        lines = List.copyOf(lines);
    }
}
