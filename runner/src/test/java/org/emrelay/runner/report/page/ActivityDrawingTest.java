package org.emrelay.runner.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.emrelay.runner.profile.Activity;
import org.junit.jupiter.api.Test;

final class ActivityDrawingTest {
    private static String svg(List<Integer> busy, List<Integer> cores) {
        return new ActivityDrawing(new Activity(Duration.ofSeconds(1), busy, cores)).svg();
    }

    @Test
    void busyCoresDoNotExceedTheExistingOnes() {
        String full = "M0 60L0 0.0H1V60Z";

        assertThat(svg(List.of(240), List.of(200)))
                .contains("<path class=\"cores\" d=\"" + full + "\"/><path class=\"busy\" d=\"" + full + "\"/>");
    }

    @Test
    void unknownCoresDoNotLimitBusyOnes() {
        assertThat(svg(List.of(240), List.of(0))).contains("<path class=\"busy\" d=\"M0 60L0 0.0H1V60Z\"/>");
        assertThat(svg(List.of(), List.of())).isEmpty();
    }
}
