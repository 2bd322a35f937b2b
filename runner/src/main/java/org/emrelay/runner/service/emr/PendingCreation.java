package org.emrelay.runner.service.emr;

import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.jspecify.annotations.Nullable;

/** A cluster creation in progress, and what a user needs to know on Ctrl-C. */
final class PendingCreation {
    private final String name;
    private final RunnerCommand command;
    private volatile @Nullable String cluster;

    PendingCreation(String name, RunnerCommand command) {
        this.name = Objects.requireNonNull(name, "name");
        this.command = Objects.requireNonNull(command, "command");
    }

    /** EMR has assigned an id, possibly another one than before. */
    void created(String id) {
        cluster = id;
    }

    Optional<String> cluster() {
        return Optional.ofNullable(cluster);
    }

    String interruptMessage() {
        String id = cluster;
        return id == null
                ? "Interrupted. The resources created so far are recorded. Continue with the same command, or delete them: "
                        + command.action("terminate_cluster", "-c", name)
                : "Interrupted. " + EmrClusters.stillStarting(id, name, command);
    }
}
