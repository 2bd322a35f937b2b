package org.sparkpipelines.runner.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sparkpipelines.runner.model.Problem;

/** Gathers what is wrong with one file while it is read, so that everything is found at once. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    void error(String path, String message, String hint) {
        add(Problem.error(file, path, message, hint));
    }

    void error(String path, String message) {
        error(path, message, "");
    }

    void warning(String path, String message, String hint) {
        add(Problem.warning(file, path, message, hint));
    }

    private void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean anyError() {
        return found.stream().anyMatch(Problem::isError);
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
