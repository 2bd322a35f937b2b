package org.emrelay.runner.service;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.SecretMask;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.RunListReport.Row;
import org.emrelay.runner.report.RunListReport.Status;
import org.emrelay.runner.run.BackfillProgress;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Journals;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunStore;
import org.jspecify.annotations.Nullable;

/** Lists the runs of a workspace, which it reads in parallel. */
public final class RunListing {

    /** What the platform knows of a run beyond its files. */
    public interface Inspector {
        /** The status of a run that has not ended. */
        Status status(RecordedRun run) throws IOException;

        /** The size of a run's data; null if finding out takes too long. */
        @Nullable
        Long bytes(Run run) throws IOException;
    }

    private final Workspace workspace;
    private final RunStore runs;
    private final Journals journals;
    private final Clock clock;

    public RunListing(Workspace workspace, RunStore runs, Journals journals, Clock clock) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.runs = Objects.requireNonNull(runs, "runs");
        this.journals = Objects.requireNonNull(journals, "journals");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The runs that match, newest first. A run that cannot be read may match, and does not hide the others.
     *
     * @param damages receives why a run cannot be read
     */
    public List<Row> rows(Predicate<Run> filter, Inspector inspector, Notices damages) throws IOException {
        List<RunId> ids = runs.ids();
        Map<RunId, Row> rows = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();
        List<Workspace.IoTask> tasks = new ArrayList<>();
        for (RunId id : ids) {
            tasks.add(() -> {
                try {
                    Run run = runs.find(id).filter(filter).orElse(null);
                    if (run != null) {
                        rows.put(id, row(RecordedRun.read(run, journals), inspector));
                    }
                } catch (CorruptRunException damaged) {
                    rows.put(id, Row.damaged(id));
                    reasons.add("warning: " + damaged.getMessage());
                }
            });
        }
        workspace.inParallel(tasks);
        reasons.stream().sorted().forEach(damages::notice);
        return ids.stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    private Row row(RecordedRun recorded, Inspector inspector) throws IOException {
        Run run = recorded.run();
        Outcome outcome = recorded.state().outcome();
        Status status =
                outcome == null ? inspector.status(recorded) : outcome == Outcome.DONE ? Status.DONE : Status.FAILED;
        return new Row(
                run.id(),
                run.cluster(),
                run.plan().pipeline(),
                status,
                BackfillProgress.of(run.plan(), recorded.state()),
                parameters(run),
                recorded.started(),
                length(recorded, status),
                inspector.bytes(run),
                recorded.state().cost());
    }

    /** A step may use a parameter as a secret whose name does not show it. */
    private static Map<String, String> parameters(Run run) {
        Map<String, String> parameters = run.plan().parameters();
        SecretMask mask = parameters.isEmpty() ? new SecretMask(List.of()) : SecretMask.of(run.plan());
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> mask.mask(parameter.getValue())));
    }

    private @Nullable Duration length(RecordedRun recorded, Status status) {
        Instant started = recorded.started();
        Instant end = status == Status.RUNNING || status == Status.DETACHED ? clock.instant() : recorded.until();
        return started == null || end == null ? null : Duration.between(started, end);
    }
}
