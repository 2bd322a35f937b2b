package org.emrelay.runner.report.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.finding.StepFacts;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.finding.StepFindings;
import org.emrelay.runner.forecast.Forecaster;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.report.Charges;
import org.emrelay.runner.report.overview.RunOverview.TimedText;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.Bill;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.emrelay.runner.run.StepState;
import org.jspecify.annotations.Nullable;

/** Derives overviews from recorded runs. */
public final class Overviews {
    public static final String RUNNING = "running";

    private Overviews() {}

    /**
     * Returns the overview of a run.
     *
     * @param executing whether a runner is executing it now
     * @param earlier the earlier runs of the same pipeline, newest first
     */
    public static RunOverview of(
            RecordedRun recorded, RunResult result, boolean executing, List<RecordedRun> earlier, Instant now) {
        Run run = recorded.run();
        Forecaster forecaster = new Forecaster(run.plan(), earlier);
        Instant ended = executing ? null : recorded.until();
        return new RunOverview(
                run.id(),
                run.plan().pipeline(),
                run.plan().parameters(),
                run.cluster(),
                executing ? RUNNING : result.status().key(),
                run.created(),
                recorded.started(),
                ended,
                ended == null ? now : ended,
                elapsed(recorded.started(), ended == null ? now : ended),
                result.cost(),
                result.bill() == null ? null : Charges.of(result.bill()),
                run.origin(),
                result.steps().stream()
                        .map(step -> of(step, run.plan().find(step.name()).orElseThrow(), result.bill()))
                        .toList(),
                forecaster.forecast(recorded.state()).orElse(null),
                executing ? forecaster.remaining(recorded.state(), now).orElse(null) : null,
                earlier.stream().map(Overviews::earlier).toList(),
                result.notices().stream()
                        .map(notice -> new TimedText(notice.time(), notice.text()))
                        .toList(),
                result.instanceChanges().stream()
                        .map(change -> new TimedText(change.time(), text(change.instance())))
                        .toList());
    }

    private static EarlierRun earlier(RecordedRun recorded) {
        long newSteps = recorded.state().steps().values().stream()
                .filter(StepState::hasRun)
                .count();
        return new EarlierRun(
                recorded.run().id(),
                Status.of(recorded.state()).key(),
                recorded.started(),
                elapsed(recorded.started(), recorded.until()),
                Math.toIntExact(newSteps),
                recorded.state().cost());
    }

    private static Duration elapsed(@Nullable Instant started, @Nullable Instant until) {
        return started == null || until == null || until.isBefore(started)
                ? Duration.ZERO
                : Duration.between(started, until);
    }

    private static StepOverview of(StepResult step, PlannedStep planned, @Nullable Bill bill) {
        OutputSummary summary = step.summary();
        Failure failure = step.phase() == StepPhase.FAILED ? step.failure() : null;
        return new StepOverview(
                step.name(),
                planned.description(),
                lowerCase(step.phase()),
                planned.dependencies().stream().sorted().toList(),
                reason(step),
                step.history().stream().map(Overviews::of).toList(),
                step.elapsed(),
                step.rows(),
                summary == null ? null : summary.files(),
                summary == null ? null : summary.bytes(),
                bill == null || step.attempts() == 0 ? null : bill.ofStep(step.name()),
                step.output(),
                failure == null ? null : of(failure),
                findings(step, planned));
    }

    /** Returns the findings of the last attempt, which produced the result. */
    private static List<StepFinding> findings(StepResult step, PlannedStep planned) {
        List<Attempt> attempts = step.history();
        ProfileReading reading =
                attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).profile();
        SparkProfile profile = reading == null ? null : reading.profile();
        OutputSummary summary = step.summary();
        return profile == null
                ? List.of()
                : StepFindings.of(new StepFacts(
                        profile,
                        planned.sparkSubmit().settings(),
                        summary == null ? 0 : summary.files(),
                        summary == null ? 0 : summary.bytes()));
    }

    private static String reason(StepResult step) {
        if (step.phase() == StepPhase.REUSED) {
            String reused = "the result of run " + step.reusedFrom();
            return step.reason().isEmpty() ? reused : reused + ", although " + step.reason();
        }
        return step.reason().isEmpty() ? step.rerunReason() : step.reason();
    }

    private static FailureOverview of(Failure failure) {
        LastOutput output = failure.lastOutput();
        return new FailureOverview(
                failure.reason(),
                failure.cause(),
                failure.where(),
                failure.hint(),
                failure.log(),
                output == null ? List.of() : output.lines());
    }

    private static AttemptOverview of(Attempt attempt) {
        ProfileReading reading = attempt.profile();
        return new AttemptOverview(
                attempt.id().number(),
                lowerCase(attempt.state()),
                attempt.submitted(),
                attempt.started(),
                attempt.ended(),
                attempt.log(),
                reading == null ? null : reading.profile(),
                reading == null ? "" : reading.problem());
    }

    private static String text(InstanceChange change) {
        return change.id() + " (" + change.type() + (change.spot() ? ", spot" : ", on demand") + "): "
                + lowerCase(change.state()) + (change.reason().isEmpty() ? "" : ", " + change.reason());
    }

    private static String lowerCase(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
