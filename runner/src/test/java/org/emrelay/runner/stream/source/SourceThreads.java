package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** The threads of a source's HTTP client. */
final class SourceThreads {
    private SourceThreads() {}

    static List<Thread> of(String source) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("emrelay-" + source + "-"))
                .toList();
    }

    static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(20).toMillis());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }
}
