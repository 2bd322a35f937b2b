package org.emrelay.runner.eventlog;

import java.time.Instant;
import org.emrelay.runner.profile.SparkProfile;

/** The state of an application, from the events read so far. */
final class ApplicationHistory {
    private final ActivityTimeline timeline = new ActivityTimeline();
    private final RunningTasks running = new RunningTasks(timeline);
    private final ExecutorLifetimes executors = new ExecutorLifetimes(timeline);
    private final StageSelection stages = new StageSelection();
    private final PeakMemory memory = new PeakMemory();
    private final RequestedSettings settings = new RequestedSettings();
    private final ScannedFiles files = new ScannedFiles();
    private String application = "";
    private String sparkVersion = "";
    private long started;
    private long ended;
    private long first;
    private long last;

    void setSparkVersion(String version) {
        sparkVersion = version;
    }

    void start(String id, long time) {
        if (started == 0) {
            application = id;
            started = time;
            timeline.start(time);
            observe(time);
        }
    }

    void end(long time) {
        ended = time;
        observe(time);
    }

    void addExecutor(String executor, long time, int cores) {
        observe(time);
        executors.add(executor, time, cores);
    }

    void removeExecutor(String executor, long time, String reason) {
        observe(time);
        executors.remove(executor, ended > 0 ? Math.min(time, ended) : time, reason, ended > 0);
    }

    void addBlockManager(String executor, long time, long storage) {
        observe(time);
        if (executor.equals(PeakMemory.DRIVER)) {
            settings.setDriverStorage(storage);
        }
    }

    void submitStage(OpenStage stage) {
        observe(stage.submitted());
        stages.submit(stage);
    }

    void completeStage(OpenStage stage) {
        observe(stage.completed());
        stages.complete(stage);
    }

    void startTask(StageKey stage, long task, long launch) {
        observe(launch);
        running.start(task, launch);
        stages.startTask(stage);
    }

    void endTask(FinishedTask task) {
        observe(task.launch());
        observe(task.finish());
        memory.add(task.executor(), task.memory());
        if (task.outcome() != FinishedTask.Outcome.RESUBMITTED) {
            running.end(task, settings.taskCores());
            stages.endTask(task);
        }
    }

    void addMemory(String executor, ExecutorMemory measured) {
        memory.add(executor, measured);
    }

    RequestedSettings settings() {
        return settings;
    }

    ScannedFiles files() {
        return files;
    }

    private void observe(long time) {
        if (time > 0) {
            first = first == 0 ? time : Math.min(first, time);
            last = Math.max(last, time);
        }
    }

    /** Whether nothing is known about it. */
    boolean isEmpty() {
        return first == 0;
    }

    /** Ends all running tasks and executors, and returns the profile. */
    SparkProfile toProfile(Gaps gaps) {
        long from = started > 0 ? started : first;
        long to = Math.max(from, ended > 0 ? ended : last);
        int unfinished = running.endAll(to, settings.taskCores());
        if (ended > 0) {
            gaps.addIf(unfinished, "task", "did not end before the application.");
        }
        executors.endAll(to);
        executors.addGaps(gaps);
        stages.addGaps(gaps);
        files.addGaps(gaps);
        return new SparkProfile(
                application,
                sparkVersion,
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(to),
                ended > 0,
                settings.toRequested(sparkVersion, executors.cores()),
                executors.toExecutors(memory, settings.isLocal()),
                running.phases(from, to),
                timeline.toActivity(to),
                stages.profiles(from, to),
                stages.count(),
                stages.totals(),
                files.toFilesRead(),
                gaps.sentences());
    }
}
