package org.emrelay.runner.parse;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Problem;

/** Gathers what is wrong with one file while it is read, so that everything is found at once. */
final class Problems {
    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<String> broken = new HashSet<>();
    private boolean anyError;

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
        found.add(problem);
        if (problem.isError()) {
            anyError = true;
            broken.add(problem.path());
        }
    }

    /** Whatever stands at the path could not be made out, and why has been said: what follows from that is not worth a problem. */
    void broken(String path) {
        broken.add(path);
    }

    boolean isBroken(String path) {
        return broken.contains(path);
    }

    boolean anyError() {
        return anyError;
    }

    int count() {
        return found.size();
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
