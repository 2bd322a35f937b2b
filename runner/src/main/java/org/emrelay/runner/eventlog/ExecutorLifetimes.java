package org.emrelay.runner.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.profile.Executors;
import org.jspecify.annotations.Nullable;

/** Tracks when executors were added and removed, and which ones were lost. */
final class ExecutorLifetimes {
    private static final int MAX_LIVE = 100_000;
    private static final int MAX_CORES = 100_000;

    /** The reasons for a planned removal: texts of YarnAllocator, ExecutorAllocationManager and the standalone worker. Spark records nothing else. */
    private static final Pattern REMOVED_BY_SPARK =
            Pattern.compile("Executor killed by driver\\.|Command exited with code 0"
                    + "|Executor decommission.*: spark scale down"
                    + "|Executor for container .* exited after Application shutdown\\."
                    + "|Container .* exited from explicit termination request\\.");

    private final ActivityTimeline timeline;
    private final Map<String, Live> live = new HashMap<>();
    private final List<Executors.Lost> lost = new ArrayList<>();
    private int count;
    private int mostAtOnce;
    private int lostCount;
    private int cores;
    private long coreTime;
    private int untracked;

    private record Live(long since, int cores) {}

    ExecutorLifetimes(ActivityTimeline timeline) {
        this.timeline = timeline;
    }

    void add(String executor, long time, int executorCores) {
        count++;
        if (live.size() >= MAX_LIVE) {
            untracked++;
            return;
        }
        int limited = Math.min(executorCores, MAX_CORES);
        cores = cores == 0 ? limited : cores;
        end(live.put(executor, new Live(time, limited)), time);
        mostAtOnce = Math.max(mostAtOnce, live.size());
    }

    /** Removes an executor. A decommissioned executor is removed a second time when its process ends. */
    void remove(String executor, long time, String reason, boolean applicationEnded) {
        Live ended = live.remove(executor);
        end(ended, time);
        if (ended != null
                && !applicationEnded
                && !REMOVED_BY_SPARK.matcher(reason).matches()) {
            lostCount++;
            if (lost.size() < Executors.MAX_LOST) {
                lost.add(new Executors.Lost(executor, Instant.ofEpochMilli(time), reason));
            }
        }
    }

    void endAll(long time) {
        live.values().forEach(executor -> end(executor, time));
        live.clear();
    }

    private void end(@Nullable Live ended, long time) {
        if (ended != null && ended.since() > 0 && time > ended.since()) {
            coreTime = TaskSums.saturated(coreTime + (time - ended.since()) * ended.cores());
            timeline.addCores(ended.since(), time, ended.cores());
        }
    }

    /** Returns the cores of the first executor; 0 if there was none. */
    int cores() {
        return cores;
    }

    Executors toExecutors(PeakMemory memory, boolean local) {
        return new Executors(
                count,
                mostAtOnce,
                Duration.ofMillis(coreTime),
                lost,
                lostCount,
                memory.ofExecutors(local).heap(),
                memory.ofExecutors(local).process(),
                memory.ofDriver().heap());
    }

    void addGaps(Gaps gaps) {
        gaps.addIf(
                untracked,
                "executor",
                "could not be tracked, because too many were running: their cores are not counted.");
    }
}
