package org.emrelay.runner.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.Plans;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts real runs of the word clouds, as {@code benchmarks/forecast.sh} recorded them. */
final class RealRunsForecastTest {
    private static final ExecutionPlan PLAN = Plans.plans()
            .step("titles")
            .step("words", "titles")
            .step("counts", "words")
            .step("clouds", "counts")
            .plan();

    @TempDir
    private Path workspace;

    @Test
    void lastTenOfThirtyRunsTakeWhatWasForecastWithinTwentyPercent() throws IOException {
        List<RecordedRun> runs = recorded();
        assertThat(runs).hasSize(30);

        List<Double> ratios = new ArrayList<>();
        for (int run = 20; run < 30; run++) {
            List<RecordedRun> earlier = new ArrayList<>(runs.subList(run - 10, run));
            Collections.reverse(earlier);
            Forecast forecast = new Forecaster(PLAN, earlier)
                    .forecast(runs.get(run).state())
                    .orElseThrow();
            ratios.add((double) forecast.elapsed().toMillis()
                    / elapsed(runs.get(run)).toMillis());
        }

        assertThat(ratios).allSatisfy(ratio -> assertThat(ratio).isBetween(0.8, 1.2));
    }

    private static Duration elapsed(RecordedRun run) {
        return Duration.between(Objects.requireNonNull(run.started()), Objects.requireNonNull(run.until()));
    }

    private List<RecordedRun> recorded() throws IOException {
        List<RecordedRun> runs = new ArrayList<>();
        for (String events : journals()) {
            RunId id = new RunId(String.format("20261201-0000%02d-aaaa", runs.size()));
            Path journal = workspace.resolve("runs/" + id + "/events.jsonl");
            Files.createDirectories(journal.getParent());
            Files.writeString(journal, events);
            Run run = new Run(id, new ClusterId("local-1"), PLAN, null, RecordedRuns.START);
            runs.add(RecordedRun.read(run, new FileJournals(workspace)));
        }
        return runs;
    }

    private static List<String> journals() throws IOException {
        List<StringBuilder> journals = new ArrayList<>();
        lines().lines().forEach(event -> {
            if (event.contains("\"run_began\"")) {
                journals.add(new StringBuilder());
            }
            journals.get(journals.size() - 1).append(event).append("\n");
        });
        return journals.stream().map(StringBuilder::toString).toList();
    }

    private static String lines() throws IOException {
        try (InputStream stream = RealRunsForecastTest.class.getResourceAsStream("word-clouds.jsonl")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
        }
    }
}
