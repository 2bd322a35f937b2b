package org.emrelay.runner.eventlog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.emrelay.runner.profile.Phases;

/** Tracks running tasks, and for how long at least one was running. */
final class RunningTasks {
    private static final int MAX_RUNNING = 100_000;

    private final ActivityTimeline timeline;
    private final Map<Long, Long> launches = new HashMap<>();
    private long firstLaunch;
    private long busyFrom;
    private long busyUntil;
    private long busy;

    RunningTasks(ActivityTimeline timeline) {
        this.timeline = timeline;
    }

    void start(long task, long launch) {
        if (launch == 0 || launches.size() >= MAX_RUNNING) {
            return;
        }
        openBusy(launch);
        launches.put(task, launch);
    }

    void end(FinishedTask task, int cores) {
        launches.remove(task.id());
        if (task.launch() > 0 && task.finish() >= task.launch()) {
            timeline.addBusy(task.launch(), task.finish(), cores);
            openBusy(task.launch());
            if (launches.isEmpty()) {
                closeBusy(task.finish());
            }
        }
    }

    /** Begins a busy period, or extends it to an earlier start. Events are not strictly ordered by time. */
    private void openBusy(long launch) {
        firstLaunch = firstLaunch == 0 ? launch : Math.min(firstLaunch, launch);
        long from = Math.max(launch, busyUntil);
        busyFrom = busyFrom == 0 ? from : Math.min(busyFrom, from);
    }

    private void closeBusy(long until) {
        busy += Math.max(0, until - busyFrom);
        busyUntil = Math.max(busyUntil, until);
        busyFrom = 0;
    }

    /** Ends the tasks that are still running when the log ends, and returns their number. */
    int endAll(long time, int cores) {
        int count = launches.size();
        launches.values().forEach(launch -> timeline.addBusy(launch, time, cores));
        if (count > 0) {
            launches.clear();
            closeBusy(Math.max(time, busyFrom));
        }
        return count;
    }

    Phases phases(long start, long end) {
        if (firstLaunch == 0) {
            return new Phases(Duration.ofMillis(Math.max(0, end - start)), Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        long first = Math.min(Math.max(firstLaunch, start), end);
        long last = Math.min(Math.max(busyUntil, first), end);
        long worked = Math.min(busy, last - first);
        return new Phases(
                Duration.ofMillis(first - start),
                Duration.ofMillis(worked),
                Duration.ofMillis(last - first - worked),
                Duration.ofMillis(end - last));
    }
}
