package org.emrelay.runner.platform.aws.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.junit.jupiter.api.Test;

final class ParallelTasksTest {
    @Test
    void independentTasksRunInParallel() {
        CountDownLatch both = new CountDownLatch(2);
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            for (int i = 0; i < 2; i++) {
                tasks.run(() -> {
                    both.countDown();
                    await(both);
                });
            }
            tasks.join();
        }
        assertThat(both.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void aTaskStartsWhenItsDependenciesAreDone() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<Boolean> first = tasks.run(() -> order.add("first"));
            Task<Boolean> second = tasks.run(() -> order.add("second"), first);
            Task<String> last = tasks.start(() -> String.join(" ", order), first, second);
            tasks.join();
            assertThat(last.get()).isEqualTo("first second");
        }
    }

    @Test
    void aTaskWithAFailedDependencyDoesNotStart() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<Boolean> failing = tasks.run(() -> {
                throw new IllegalStateException("failed");
            });
            tasks.run(() -> done.add("dependent"), failing);
            tasks.run(() -> done.add("independent"));

            assertThat(tasks.awaitAll()).hasSize(1).first().hasToString("java.lang.IllegalStateException: failed");
        }
        assertThat(done).containsExactly("independent");
    }

    @Test
    void failFastStartsNoTaskAfterAFailure() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            tasks.run(() -> {
                throw new IllegalStateException("failed");
            });
            assertThat(tasks.awaitAll()).hasSize(1);
            tasks.run(() -> done.add("later"));
            assertThatThrownBy(tasks::join).hasMessage("failed");
        }
        assertThat(done).isEmpty();
    }
}
