package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.AttemptRequestBuilder.step;
import static org.emrelay.runner.platform.local.TestPlatforms.RUN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.Notices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLimitTest {
    private static final Duration SHORT_INTERVAL = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private final CountDownLatch noticed = new CountDownLatch(1);

    @Test
    void aStepThatPrintsForEverKeepsToTheLimit(@TempDir Path directory) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(directory.resolve("work"));
        AttemptRequest request =
                step("words", "print-for-ever").resources("64m", 1, 1, null).build();
        try (LocalPlatform platform = platform(workspace, SHORT_INTERVAL)) {
            platform.submit(RUN, List.of(request));
            assertThat(noticed.await(5, TimeUnit.MINUTES)).isTrue();
            platform.cancel(RUN, List.of(request.attempt()));
            TestPlatforms.awaitAllEnded(platform);
        }

        assertThat(notices)
                .containsExactly("warning: The log of step 'words' exceeds 1 MB."
                        + " Its middle is dropped; its beginning and its latest lines are kept.");
        AttemptFolder folder = AttemptFolder.of(workspace.directory(), RUN, request.attempt());
        assertThat(folder.stdout().toFile().length()).isBetween(700_000L, 1_000_000L);
        assertThat(folder.stderr().toFile().length()).isBetween(700_000L, 1_000_000L);
        try (Stream<String> lines = Files.lines(folder.stdout())) {
            assertThat(lines.findFirst()).get().asString().startsWith("waiting in ");
        }
    }

    /** A step may print much between two checks, and end. */
    @Test
    void theLogIsCheckedWhenTheStepEnds(@TempDir Path directory) throws Exception {
        LocalWorkspace workspace = LocalWorkspace.open(directory.resolve("work"));
        AttemptRequest request =
                step("words", "print-much").resources("64m", 1, 1, null).build();
        try (LocalPlatform platform = platform(workspace, NEVER)) {
            platform.submit(RUN, List.of(request));
            TestPlatforms.awaitAllEnded(platform);
        }

        assertThat(notices).hasSize(1);
        AttemptFolder folder = AttemptFolder.of(workspace.directory(), RUN, request.attempt());
        assertThat(folder.stderr().toFile().length()).isBetween(700_000L, 1_000_000L);
    }

    private LocalPlatform platform(LocalWorkspace workspace, Duration checkInterval) {
        Notices listener = notice -> {
            notices.add(notice);
            noticed.countDown();
        };
        return TestPlatforms.create(
                workspace,
                new LocalResources(2, 256),
                listener,
                Clock.systemUTC(),
                System::nanoTime,
                new LogLimit(1, checkInterval, listener));
    }
}
