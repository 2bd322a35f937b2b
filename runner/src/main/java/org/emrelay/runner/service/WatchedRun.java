package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.forecast.Forecaster;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.run.EventFile;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunListeners;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.Selection;

/** The execution of a run with its page, its events and its spending limit. */
public final class WatchedRun {
    private final Application app;
    private final ClusterSession session;
    private final Run run;
    private final Supervision supervision;
    private final ReportPages pages;

    /** @param results beside which the page is written */
    public WatchedRun(
            Application app, ClusterSession session, Run run, Supervision supervision, ResultsTarget results) {
        this.app = app;
        this.session = session;
        this.run = run;
        this.supervision = supervision;
        this.pages = new ReportPages(app, run.plan().pipeline(), results);
    }

    /** Executes the run, or continues it. */
    public RunResult execute(Selection selection, InterruptHooks interrupts, InterruptPolicy onInterrupt)
            throws IOException, InterruptedException {
        List<RecordedRun> earlier = earlierRuns();
        app.progress().forecaster(new Forecaster(run.plan(), earlier));
        RunListener live = new LiveReport(
                earlier, session.workspace(), pages, app.context().clock());
        Optional<EventFile> events = supervision.openEvents(app);
        try {
            RunListener watcher =
                    events.<RunListener>map(file -> RunListeners.of(file, live)).orElse(live);
            return session.execute(run, selection, interrupts, supervision.policy(onInterrupt), watcher);
        } finally {
            if (events.isPresent()) {
                events.get().close();
            }
        }
    }

    /** None if they cannot be read: the run is shown without them. */
    private List<RecordedRun> earlierRuns() {
        try {
            return session.runs().earlier(run);
        } catch (IOException | RunnerException unreadable) {
            return List.of();
        }
    }

    /** Writes the page of the run, as far as it has come. Empty if it could not be written, with a warning. */
    public Optional<Path> writePage(RunResult result) {
        try {
            return pages.write(session.runs().overview(run, result), session.workspace());
        } catch (IOException | RunnerException failure) {
            app.progress().warn("The report could not be made. " + failure.getMessage());
            return Optional.empty();
        }
    }

    /** Call when everything else is done and printed. */
    public void end(RunResult result, Optional<Path> page) {
        supervision.end(app, result, page);
    }
}
