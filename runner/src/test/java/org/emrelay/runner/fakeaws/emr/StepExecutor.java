package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Executes the commands of steps as real processes, as EMR's agent does on the primary node. */
public interface StepExecutor {
    /**
     * What command-runner.jar executes.
     *
     * @param instanceProfile the name of the nodes' instance profile
     * @param configurations the cluster's properties by classification
     */
    record Command(
            String cluster,
            String instanceProfile,
            String step,
            List<String> arguments,
            Map<String, Map<String, String>> configurations) {
        public Command {
            arguments = List.copyOf(arguments);
            configurations = Map.copyOf(configurations);
        }
    }

    /**
     * A process that ended.
     *
     * @param logs by path below the cluster's log directory, without {@code .gz}
     */
    record Result(int exitCode, Map<String, String> logs) {
        public Result {
            logs = Map.copyOf(logs);
        }
    }

    /** A running process. */
    interface Execution {
        /** Kills the process, but not what it started elsewhere. */
        void cancel();
    }

    /** Starts a process. It may call the fake. */
    Execution start(Command command, Consumer<Result> whenEnded);

    /** Kills everything on the cluster's nodes. */
    void terminateCluster(String cluster);
}
