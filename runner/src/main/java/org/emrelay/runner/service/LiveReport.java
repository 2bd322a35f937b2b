package org.emrelay.runner.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.overview.Overviews;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;

/** Rewrites the page of a run while it lasts. */
public final class LiveReport implements RunListener {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final List<RecordedRun> earlier;
    private final Workspace workspace;
    private final ReportPages pages;
    private final Clock clock;
    private @Nullable Run run;
    private @Nullable Instant written;

    /** @param earlier runs of the same pipeline, newest first */
    public LiveReport(List<RecordedRun> earlier, Workspace workspace, ReportPages pages, Clock clock) {
        this.earlier = List.copyOf(earlier);
        this.workspace = workspace;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public void opened(Run opened, RunState state) {
        run = opened;
    }

    @Override
    public void recorded(Event event, RunState state) {
        if (state.hasBegun()) {
            rewrite(state);
        }
    }

    @Override
    public void waiting(RunState state, List<AttemptStatus> attempts) {
        rewrite(state);
    }

    private void rewrite(RunState state) {
        Instant now = clock.instant();
        if (run == null || (written != null && now.isBefore(written.plus(INTERVAL)))) {
            return;
        }
        written = now;
        RecordedRun recorded = new RecordedRun(run, state, now);
        pages.writeLive(Overviews.of(recorded, RunResult.of(run, state, workspace), true, earlier, now));
    }
}
