package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emrelay.runner.profile.Activity;
import org.junit.jupiter.api.Test;

final class ActivityTimelineTest {
    private static final long START = 1_700_000_000_000L;

    private final ActivityTimeline timeline = new ActivityTimeline();

    @Test
    void dividesTimeIntoIntervals() {
        timeline.start(START);
        timeline.addCores(START + 50, START + 300, 4);
        timeline.addBusy(START + 100, START + 250, 1);
        timeline.addBusy(START + 150, START + 200, 2);

        assertThat(timeline.toActivity(START + 300))
                .isEqualTo(new Activity(Duration.ofMillis(100), List.of(0, 200, 50), List.of(200, 400, 400)));
    }

    @Test
    void theLastIntervalEndsWithTheApplication() {
        timeline.start(START);
        timeline.addBusy(START, START + 150, 2);

        assertThat(timeline.toActivity(START + 150).busy()).containsExactly(200, 200);
    }

    @Test
    void doublesTheIntervalsOfALongApplication() {
        timeline.start(START);
        timeline.addBusy(START, START + 400, 1);
        timeline.addCores(START, START + 10_000, 4);
        timeline.addCores(START + 10_000, START + 86_400_000, 4);
        timeline.addBusy(START + 86_400_000 - 819_200, START + 86_400_000, 3);

        Activity activity = timeline.toActivity(START + 86_400_000);

        assertThat(activity.interval()).isEqualTo(Duration.ofMillis(100 << 13));
        assertThat(activity.busy()).hasSize(106);
        assertThat(activity.busy().get(50)).isZero();
        assertThat(activity.busy().get(105)).isEqualTo(300);
        assertThat(activity.cores()).hasSize(106).containsOnly(400);
    }

    @Test
    void ignoresTimeBeforeTheStart() {
        timeline.start(START);
        timeline.addBusy(START - 1_000, START + 100, 1);
        timeline.addBusy(START - 1_000, START - 100, 1);

        assertThat(timeline.toActivity(START + 100).busy()).containsExactly(100);
    }

    @Property(tries = 500)
    void keepsTheSum(@ForAll @Size(max = 50) List<@IntRange(min = 1, max = 3_000_000) Integer> lengths) {
        ActivityTimeline any = new ActivityTimeline();
        any.start(START);
        long sum = 0;
        long end = START + 1;
        for (int length : lengths) {
            any.addBusy(START + length / 3, START + length, 2);
            sum += 2L * (length - length / 3);
            end = Math.max(end, START + length);
        }

        Activity activity = any.toActivity(end);

        double total = 0;
        for (int i = 0; i < activity.busy().size(); i++) {
            long length = activity.interval().toMillis();
            total += activity.busy().get(i) / 100.0 * Math.min(length, end - START - i * length);
        }
        assertThat(activity.busy()).hasSizeLessThanOrEqualTo(Activity.MAX_INTERVALS);
        assertThat(total).isCloseTo((double) sum, within(0.005 * (end - START) + 1));
    }
}
