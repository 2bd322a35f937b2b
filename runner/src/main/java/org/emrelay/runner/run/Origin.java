package org.emrelay.runner.run;

import java.util.Objects;

/**
 * Who added a run, and from where.
 *
 * @param directory the working directory
 * @param commit of the Git checkout that contains the directory; empty if there is none
 * @param runner the version of the runner
 */
public record Origin(String user, String host, String directory, String commit, String runner) {
    public Origin {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(runner, "runner");
    }
}
