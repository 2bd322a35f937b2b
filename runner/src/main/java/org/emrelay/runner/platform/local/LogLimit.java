package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Notices;

/** Keeps the logs of running attempts below a size, so that a step that prints without end does not fill the disk. */
final class LogLimit implements AutoCloseable {
    /** A step that prints faster than a disk writes exceeds the limit by little within this time. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private static final int MEGABYTE = 1_000_000;

    private final int megabytes;
    private final Duration checkInterval;
    private final Notices notices;
    private final Set<StepName> reported = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(LogLimit::daemon);

    /** Allows each log 1 GB. The search for a cause needs the last 64 MiB of it. */
    LogLimit(Notices notices) {
        this(1000, CHECK_INTERVAL, notices);
    }

    LogLimit(int megabytes, Duration checkInterval, Notices notices) {
        this.megabytes = megabytes;
        this.checkInterval = checkInterval;
        this.notices = notices;
    }

    /** Checks the logs of an attempt until its end. */
    Watch watch(StepName step, AttemptFolder folder) {
        return new Watch(step, folder);
    }

    /** The logs of one attempt. */
    final class Watch {
        private final StepName step;
        private final List<LogTrimmer> logs;
        private final Future<?> checks;

        private Watch(StepName step, AttemptFolder folder) {
            this.step = step;
            this.logs = List.of(trimmer(folder.stdout()), trimmer(folder.stderr()));
            long millis = checkInterval.toMillis();
            this.checks = thread.scheduleWithFixedDelay(this::trim, millis, millis, TimeUnit.MILLISECONDS);
        }

        private LogTrimmer trimmer(Path log) {
            return new LogTrimmer(log, (long) megabytes * MEGABYTE);
        }

        /** Call when the attempt's processes have ended. */
        void end() {
            checks.cancel(false);
            trim();
        }

        private synchronized void trim() {
            for (LogTrimmer log : logs) {
                try {
                    if (log.trim() && reported.add(step)) {
                        notices.warn(warning());
                    }
                } catch (IOException untrimmed) {
                    // The next check tries again.
                }
            }
        }

        private String warning() {
            String size = megabytes % 1000 == 0 ? megabytes / 1000 + " GB" : megabytes + " MB";
            return "The log of step '" + step + "' exceeds " + size
                    + ". Its middle is dropped; its beginning and its latest lines are kept.";
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "log-limit");
        thread.setDaemon(true);
        return thread;
    }
}
