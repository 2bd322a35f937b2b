package org.emrelay.runner.platform.aws.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ParallelTasksTest {
    @Test
    void piecesThatNeedNothingRunAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        try (ParallelTasks work = new ParallelTasks(true)) {
            for (int i = 0; i < 2; i++) {
                work.run(() -> {
                    both.countDown();
                    await(both);
                });
            }
            work.finish();
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
    void aPieceBeginsWhenAllThatItNeedsIsDone() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<Boolean> first = work.run(() -> order.add("first"));
            Task<Boolean> second = work.run(() -> order.add("second"), first);
            Task<String> last = work.start(() -> String.join(" ", order), first, second);
            work.finish();
            assertThat(last.get()).isEqualTo("first second");
        }
    }

    @Test
    void nothingBeginsThatNeedsWhatHasFailed() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks work = new ParallelTasks(false)) {
            Task<Boolean> failing = work.run(() -> {
                throw new IllegalStateException("no");
            });
            work.run(() -> done.add("needs it"), failing);
            work.run(() -> done.add("needs nothing"));

            assertThat(work.settle()).hasSize(1).first().hasToString("java.lang.IllegalStateException: no");
        }
        assertThat(done).containsExactly("needs nothing");
    }

    @Test
    void nothingFurtherBeginsAfterAFailureWhereThatIsWanted() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (ParallelTasks work = new ParallelTasks(true)) {
            work.run(() -> {
                throw new IllegalStateException("no");
            });
            assertThat(work.settle()).hasSize(1);
            work.run(() -> done.add("later"));
            assertThatThrownBy(work::finish).hasMessage("no");
        }
        assertThat(done).isEmpty();
    }
}
