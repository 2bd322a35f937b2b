package org.emrelay.runner.cli;

import java.io.PrintStream;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.jspecify.annotations.Nullable;

/** Says on Ctrl-C what a creation leaves, how to go on with it, and how to remove it. The JVM itself then exits with 130. */
final class LeftBehind implements AutoCloseable {
    private final PrintStream err;
    private final String name;
    private final Thread hook = new Thread(this::interrupted, "left-behind");
    private volatile @Nullable String cluster;

    LeftBehind(PrintStream err, String name) {
        this.err = err;
        this.name = name;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void madeCluster(String id) {
        cluster = id;
    }

    private void interrupted() {
        err.println(sentence());
        err.flush();
    }

    String sentence() {
        String id = cluster;
        return id == null
                ? "Interrupted. What was made so far stays, and is known: remove it with -a terminate_cluster -c "
                        + name + ", or go on with the same command."
                : "Interrupted. " + EmrClusters.goesOn(id, name);
    }

    /** From here on the command ends by itself. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownHasBegun) {
            // Then it has been said.
        }
    }
}
