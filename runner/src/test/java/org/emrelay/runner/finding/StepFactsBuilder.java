package org.emrelay.runner.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.profile.Activity;
import org.emrelay.runner.profile.Executors;
import org.emrelay.runner.profile.FilesRead;
import org.emrelay.runner.profile.Phases;
import org.emrelay.runner.profile.Requested;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.Spread;
import org.emrelay.runner.profile.StageProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.jspecify.annotations.Nullable;

/** A step of 100 seconds on two executors with two cores and 4 GiB each, without a fault until a test adds one. */
final class StepFactsBuilder {
    private static final Instant START = Instant.parse("2026-11-21T03:45:14Z");

    private final List<StageProfile> stages = new ArrayList<>();
    private final List<Executors.Lost> lost = new ArrayList<>();
    private final Map<String, Argument> conf = new HashMap<>();
    private boolean local;
    private boolean adaptive = true;
    private boolean dynamic;
    private int executors = 2;
    private long heap = 4L << 30;
    private long peakHeap = 3L << 30;
    private int between;
    private double gc = 0.02;
    private double fetchWait;
    private double used = 0.9;
    private long spilled;
    private int failed;
    private @Nullable FilesRead filesRead = new FilesRead(8, 1L << 30);
    private long files;
    private long bytes;

    StepFactsBuilder local() {
        local = true;
        return this;
    }

    StepFactsBuilder adaptive(boolean enabled) {
        adaptive = enabled;
        return this;
    }

    StepFactsBuilder dynamic() {
        dynamic = true;
        return this;
    }

    StepFactsBuilder executors(int count) {
        executors = count;
        return this;
    }

    StepFactsBuilder heap(long requested, long peak) {
        heap = requested;
        peakHeap = peak;
        return this;
    }

    StepFactsBuilder conf(String property, String value) {
        conf.put(property, Argument.literal(value));
        return this;
    }

    StepFactsBuilder between(int seconds) {
        between = seconds;
        return this;
    }

    /** Shares of the tasks' time. */
    StepFactsBuilder gc(double share) {
        gc = share;
        return this;
    }

    StepFactsBuilder fetchWait(double share) {
        fetchWait = share;
        return this;
    }

    StepFactsBuilder used(double shareOfCores) {
        used = shareOfCores;
        return this;
    }

    StepFactsBuilder spilled(long memory) {
        spilled = memory;
        return this;
    }

    StepFactsBuilder failed(int tasks) {
        failed = tasks;
        return this;
    }

    StepFactsBuilder lost(String reason) {
        lost.add(new Executors.Lost("1", START.plusSeconds(30), reason));
        return this;
    }

    StepFactsBuilder output(long count, long size) {
        files = count;
        bytes = size;
        return this;
    }

    /** A stage that reads a shuffle. */
    StepFactsBuilder shuffleStage(int tasks, int seconds, Spread millis, Spread reads) {
        stages.add(stage(tasks, seconds, millis, reads, 0, reads.median() * tasks, 0, 0));
        return this;
    }

    StepFactsBuilder scan(int tasks, int seconds, Spread millis, long input, long shuffleWrite) {
        stages.add(stage(tasks, seconds, millis, Spread.NONE, input, 0, shuffleWrite, 0));
        return this;
    }

    StepFactsBuilder write(int tasks, int seconds, Spread millis, long output) {
        stages.add(stage(tasks, seconds, millis, Spread.NONE, 0, output, 0, output));
        return this;
    }

    private StageProfile stage(
            int tasks, int seconds, Spread millis, Spread reads, long in, long shuffleIn, long shuffleOut, long out) {
        Duration taskTime = Duration.ofMillis((tasks - 1L) * millis.median() + millis.max());
        return new StageProfile(
                stages.size(),
                0,
                "stage",
                START,
                Duration.ofSeconds(seconds),
                tasks,
                totals(tasks, failed, taskTime, in, shuffleIn, shuffleOut, out),
                millis,
                reads,
                "");
    }

    private TaskTotals totals(
            int tasks, int failures, Duration time, long in, long shuffleIn, long shuffleOut, long out) {
        return new TaskTotals(
                tasks,
                failures,
                time,
                time,
                time,
                Duration.ofMillis(Math.round(gc * time.toMillis())),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(Math.round(fetchWait * time.toMillis())),
                in,
                0,
                out,
                0,
                shuffleIn,
                0,
                shuffleOut,
                0,
                spilled,
                spilled / 3);
    }

    StepFacts build() {
        int count = local ? 1 : executors;
        int busy = 90 - between;
        Duration taskTime = Duration.ofMillis(Math.round(used * busy * 1_000 * count * 2));
        List<Integer> busyCores = new ArrayList<>();
        List<Integer> cores = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            boolean works = second >= 5 && second < 95 && (second < 10 || second >= 10 + between);
            busyCores.add(works ? 200 : 0);
            cores.add(count * 200);
        }
        SparkProfile profile = new SparkProfile(
                "app-1",
                "3.5.6",
                START,
                START.plusSeconds(100),
                true,
                new Requested(local, dynamic ? null : executors, 2, heap, null, 1L << 30, 200, adaptive, dynamic),
                new Executors(count, count, Duration.ofSeconds(200L * count), lost, lost.size(), peakHeap, null, null),
                new Phases(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(busy),
                        Duration.ofSeconds(between),
                        Duration.ofSeconds(5)),
                new Activity(Duration.ofSeconds(1), busyCores, cores),
                stages,
                stages.size(),
                totals(100, failed, taskTime, 1L << 30, 5_000_000_000L, 0, 0),
                filesRead,
                List.of());
        return new StepFacts(profile, SparkSettings.<Argument>defaults().withConf(conf), files, bytes);
    }

    List<StepFinding> findings() {
        return StepFindings.of(build());
    }
}
