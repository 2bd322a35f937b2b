package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.emrelay.jobs.classification.exploration.CohortProfile;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.jobs.classification.exploration.Histogram;
import org.emrelay.pages.ReportPage.Chart;
import org.junit.jupiter.api.Test;

class ExplorationChartsTest {
    static final Exploration EXPLORATION = new Exploration(
            profile(30, Map.of("Thumbs Down", 3.0, "NextSong", 40.0, "Upgrade", 0.0)),
            profile(70, Map.of("Thumbs Down", 1.5, "NextSong", 80.0, "Upgrade", 0.2)));

    @Test
    void drawsAllCharts() {
        assertThat(new ExplorationCharts(EXPLORATION).charts())
                .extracting(Chart::heading)
                .containsExactly(
                        "By hour of the day",
                        "By day of the week",
                        "Pages",
                        "Session length",
                        "Sessions per week",
                        "Lifetime");
    }

    @Test
    void labelsPagesByTheirRatioOfVisits() {
        assertThat(chart("Pages"))
                .contains("Thumbs Down: 2.00×", "NextSong: 0.50×")
                .doesNotContain("Upgrade");
    }

    @Test
    void labelsTheLastBinAsOpenEnded() {
        assertThat(chart("Lifetime")).contains("cancelled, 10: 25 %", "cancelled, 20+: 25 %");
        assertThat(chart("By day of the week")).contains(">Sun</text>");
    }

    private static String chart(String heading) {
        return Objects.requireNonNull(new ExplorationCharts(EXPLORATION)
                .charts().stream()
                        .filter(chart -> chart.heading().equals(heading))
                        .findFirst()
                        .orElseThrow()
                        .svg());
    }

    private static CohortProfile profile(long users, Map<String, Double> pages) {
        return new CohortProfile(
                users,
                IntStream.range(0, 24).mapToObj(hour -> 1 / 24.0).toList(),
                IntStream.range(0, 7).mapToObj(day -> 1 / 7.0).toList(),
                pages,
                new Histogram(10, List.of(2L, 1L, 1L)),
                new Histogram(1, List.of(2L, 1L, 1L)),
                new Histogram(10, List.of(2L, 1L, 1L)));
    }
}
