package org.emrelay.runner.platform.aws.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel.IoRunnable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class BoundedParallelTest {
    @Test
    void runsAllTasks() throws IOException {
        AtomicInteger done = new AtomicInteger();

        BoundedParallel.run(tasks(30, done::incrementAndGet));

        assertThat(done).hasValue(30);
    }

    /** Tasks before and after the failing one may be skipped; that must not hide why. */
    @RepeatedTest(300)
    void theFailureOfATaskIsThrown() {
        for (int failing : List.of(1, 11, 20)) {
            List<IoRunnable> tasks = tasks(30, () -> {});
            tasks.set(failing, () -> {
                throw new IOException("denied");
            });

            assertThatThrownBy(() -> BoundedParallel.run(tasks))
                    .isInstanceOf(IOException.class)
                    .hasMessage("denied");
        }
    }

    @RepeatedTest(100)
    void anErrorIsThrown() {
        List<IoRunnable> tasks = tasks(30, () -> {});
        tasks.set(11, () -> {
            throw new NoClassDefFoundError("Missing");
        });

        assertThatThrownBy(() -> BoundedParallel.run(tasks)).isInstanceOf(NoClassDefFoundError.class);
    }

    private static List<IoRunnable> tasks(int count, Runnable work) {
        List<IoRunnable> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(work::run);
        }
        return tasks;
    }
}
