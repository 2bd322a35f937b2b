package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.List;

/** A runner in a process of its own, for a test to kill: it starts one step and makes one ready, then waits. */
final class DoomedRunner {

    private DoomedRunner() {}

    public static void main(String[] arguments) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(Path.of(arguments[0]));
        try (LocalPlatform platform = Platforms.tiny(workspace, new LocalResources(2, 2048), notice -> {})) {
            platform.submit(
                    Platforms.RUN, List.of(Launches.step("words", arguments[1]).build()));
            platform.expect(Platforms.RUN, Launches.step("counts", "succeed").build());
            while (System.in.read() >= 0) {
                // Until it is killed.
            }
        }
    }
}
