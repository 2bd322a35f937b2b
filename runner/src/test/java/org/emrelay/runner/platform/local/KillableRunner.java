package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.List;

/** A runner process for tests to kill: starts one step, prewarms another, then waits. */
final class KillableRunner {

    private KillableRunner() {}

    public static void main(String[] arguments) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(Path.of(arguments[0]));
        try (LocalPlatform platform = TestPlatforms.create(workspace, new LocalResources(2, 2048), notice -> {})) {
            platform.submit(
                    TestPlatforms.RUN,
                    List.of(AttemptRequestBuilder.step("words", arguments[1]).build()));
            platform.prewarm(
                    TestPlatforms.RUN,
                    AttemptRequestBuilder.step("counts", "succeed").build());
            while (System.in.read() >= 0) {
                // Wait to be killed.
            }
        }
    }
}
