package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/**
 * The packages and the Python version that a Python step declares.
 *
 * @param constraints limits for the versions of packages that others require, in pip's syntax
 * @param version such as {@code 3.11}; empty for the platform's own
 * @param <R> a requirement: {@link Requirement} in a pipeline, {@link Argument} in a plan
 */
public record PythonDependencies<R>(List<R> requirements, List<String> constraints, String version) {
    /** The Spark property that names the interpreter of driver and executors. */
    public static final String INTERPRETER = "spark.pyspark.python";

    public PythonDependencies {
        requirements = List.copyOf(requirements);
        constraints = List.copyOf(constraints);
        Objects.requireNonNull(version, "version");
    }

    public static <R> PythonDependencies<R> none() {
        return new PythonDependencies<>(List.of(), List.of(), "");
    }

    /** Whether the step leaves everything to the platform. */
    public boolean isNone() {
        return requirements.isEmpty() && version.isEmpty();
    }
}
