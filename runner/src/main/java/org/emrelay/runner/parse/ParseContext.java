package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The environment in which a steps file is parsed.
 *
 * @param parameters the command line's {@code -p} values, by name
 * @param today the date of {@code ${run.date}}, in UTC
 * @param currentDirectory base of relative paths on the command line; absolute
 * @param sqlProgram provides the jar that runs SQL files, when a step needs it
 */
public record ParseContext(
        Map<String, String> parameters,
        LocalDate today,
        Path currentDirectory,
        Map<String, String> environment,
        PlatformRules rules,
        Supplier<Path> sqlProgram) {
    public ParseContext {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        Objects.requireNonNull(today, "today");
        Objects.requireNonNull(currentDirectory, "currentDirectory");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(sqlProgram, "sqlProgram");
        if (!currentDirectory.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + currentDirectory);
        }
    }

    ParseContext withParameter(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new ParseContext(changed, today, currentDirectory, environment, rules, sqlProgram);
    }

    /** Omits the values, which can be secret. */
    @Override
    public String toString() {
        return "Context[parameters=" + parameters.keySet() + ", currentDirectory=" + currentDirectory + ", rules="
                + rules + "]";
    }
}
