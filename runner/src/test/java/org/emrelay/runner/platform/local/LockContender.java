package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.time.Instant;

/** A process that acquires a workspace lock on a signal and prints the result. */
final class LockContender {

    private LockContender() {}

    public static void main(String[] arguments) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(Path.of(arguments[0]));
        System.out.println("ready");
        System.in.read();
        try {
            WorkspaceLock.acquire(workspace, WorkspaceLock.Mode.RUN, "run", Instant.EPOCH);
            System.out.println("acquired");
        } catch (WorkspaceLockedException exception) {
            System.out.println("rejected");
        }
        System.in.read();
    }
}
