package org.emrelay.runner.parse;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Problem;

/** Collects the problems of one file, so that all are reported at once. */
final class Problems {
    private final String file;
    private final Set<Problem> toList = new LinkedHashSet<>();
    private final Set<String> markInvalid = new HashSet<>();
    private boolean hasErrors;

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

    void add(Problem problem) {
        toList.add(problem);
        if (problem.isError()) {
            hasErrors = true;
            markInvalid.add(problem.path());
        }
    }

    /** Marks a value as invalid after its problem was reported, to avoid consequential problems. */
    void markInvalid(String path) {
        markInvalid.add(path);
    }

    boolean isInvalid(String path) {
        return markInvalid.contains(path);
    }

    boolean hasErrors() {
        return hasErrors;
    }

    int count() {
        return toList.size();
    }

    List<Problem> toList() {
        return List.copyOf(toList);
    }
}
