package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.time.Instant;
import org.emrelay.runner.model.ClusterId;

/** A process that acquires a workspace lock on a signal and prints the result. */
final class LockContender {

    private LockContender() {}

    public static void main(String[] arguments) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(Path.of(arguments[0]));
        System.out.println("ready");
        System.in.read();
        try {
            WorkspaceLock.acquire(workspace, "run", Instant.EPOCH).lockCluster(new ClusterId("local-1"));
            System.out.println("acquired");
        } catch (WorkspaceLockedException exception) {
            System.out.println("rejected");
        }
        System.in.read();
    }
}
