package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.time.Instant;

/** Tries to take a workspace's lock in a process of its own when it is told to, says what came of it, and holds on. */
final class LockAttempt {

    private LockAttempt() {}

    public static void main(String[] arguments) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(Path.of(arguments[0]));
        System.out.println("ready");
        System.in.read();
        try {
            WorkspaceLock.acquire(workspace, "run", Instant.EPOCH);
            System.out.println("won");
        } catch (WorkspaceLockedException exception) {
            System.out.println("refused");
        }
        System.in.read();
    }
}
