package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Target;

/**
 * What a file's meaning depends on beside its text.
 *
 * @param parameters given on the command line, by name
 * @param currentDirectory what paths of the command line are relative to; absolute
 */
public record Context(
        Map<String, String> parameters, Path currentDirectory, Map<String, String> environment, Target target) {
    public Context {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        Objects.requireNonNull(currentDirectory, "currentDirectory");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(target, "target");
        if (!currentDirectory.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + currentDirectory);
        }
    }

    /** Without the values, for secrets may be among them. */
    @Override
    public String toString() {
        return "Context[parameters=" + parameters.keySet() + ", currentDirectory=" + currentDirectory + ", target="
                + target + "]";
    }
}
