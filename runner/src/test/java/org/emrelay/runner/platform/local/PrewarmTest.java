package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.AttemptRequestBuilder.step;
import static org.emrelay.runner.platform.local.TestPlatforms.RUN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.AttemptRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of the next step is started ahead of time. */
final class PrewarmTest {
    private LocalWorkspace workspace;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("work"));
    }

    private LocalPlatform platform() {
        return TestPlatforms.create(workspace, new LocalResources(2, 2048), notice -> {});
    }

    @Test
    void theNextStepUsesThePrewarmedProcess() throws Exception {
        try (LocalPlatform platformWithMemory = platform()) {
            AttemptRequest next = small("next", "succeed").build();
            platformWithMemory.prewarm(RUN, next);
            String prewarmed = LogText.awaitLine(folder("next").stdout(), "waiting in ");
            platformWithMemory.submit(RUN, List.of(next));
            TestPlatforms.awaitAllEnded(platformWithMemory);
            assertThat(Files.readAllLines(folder("next").stdout()))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("running" + prewarmed.substring("waiting".length()));
        }
    }

    @Test
    void anUnusedPrewarmedProcessIsKilled() throws Exception {
        Path log = folder("next").stdout();
        ProcessHandle prewarmed;
        try (LocalPlatform platformWithMemory = platform()) {
            platformWithMemory.prewarm(RUN, small("next", "succeed").build());
            prewarmed = ProcessHandle.of(
                            Long.parseLong(LogText.awaitLine(log, "waiting in ").substring("waiting in ".length())))
                    .orElseThrow();
        }
        assertThat(prewarmed.isAlive()).isFalse();
        assertThat(folder("next").work()).doesNotExist();
    }

    @Test
    void aStepThatDiffersFromTheAnnouncedOneGetsANewProcess() throws Exception {
        try (LocalPlatform platformWithMemory = platform()) {
            platformWithMemory.prewarm(
                    RUN, small("next", "print-environment", "OWN").build());
            LogText.awaitLine(folder("next").stdout(), "waiting in ");
            platformWithMemory.submit(
                    RUN,
                    List.of(small("next", "print-environment", "OWN")
                            .env(Map.of("OWN", "changed"))
                            .build()));
            TestPlatforms.awaitAllEnded(platformWithMemory);
            assertThat(folder("next").stdout()).content().contains("variable=changed");
        }
    }

    private static AttemptRequestBuilder small(String step, String... arguments) {
        return step(step, arguments).resources("64m", 1, 1, null);
    }

    private AttemptFolder folder(String step) {
        return AttemptFolder.of(workspace.directory(), RUN, step(step).id());
    }
}
