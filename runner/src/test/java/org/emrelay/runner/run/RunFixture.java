package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.run.RunResult.StepResult;

/** An executor with an in-memory platform, journal and clock. */
final class RunFixture {
    final FakeClock clock = new FakeClock();
    final InMemoryPlatform platform;
    final InMemoryJournals journals = new InMemoryJournals();

    RunFixture() {
        this(Choices.first());
    }

    RunFixture(Choices choices) {
        platform = new InMemoryPlatform(clock, choices);
    }

    Executor executor(Run run) {
        return executor(run, platform, journals, clock, RunListener.NONE);
    }

    /** An executor whose interrupt cancels its active attempts. */
    static Executor executor(Run run, Platform platform, Journals journals, Clock clock, RunListener listener) {
        return executor(run, platform, journals, clock, listener, InterruptPolicy.CANCEL);
    }

    /** An executor whose platform gives no notices to journal. */
    static Executor executor(
            Run run,
            Platform platform,
            Journals journals,
            Clock clock,
            RunListener listener,
            InterruptPolicy onInterrupt) {
        return new Executor(
                run,
                platform,
                journals,
                clock,
                listener,
                ExecutionPolicy.of(onInterrupt),
                new NoticeQueue(text -> {}, run.plan()),
                Runnable::run);
    }

    /** Executes the run with notices that are shown to the user and journalled. */
    RunResult execute(Run run, NoticeQueue notices) throws IOException, SelectionException {
        return new Executor(
                        run,
                        platform,
                        journals,
                        clock,
                        RunListener.NONE,
                        ExecutionPolicy.of(InterruptPolicy.CANCEL),
                        notices,
                        Runnable::run)
                .execute(Selection.NONE);
    }

    RunResult execute(Run run) {
        return execute(run, Selection.NONE);
    }

    RunResult execute(Run run, Selection selection) {
        try {
            return executor(run).execute(selection);
        } catch (IOException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    RunState state(Run run) {
        try {
            return RunState.of(run, journals);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    /** The phase of each step with its reason: {@code a DONE, b FAILED (exit code 1)}. */
    static String summary(RunResult result) {
        return result.steps().stream().map(RunFixture::summary).collect(Collectors.joining(", "));
    }

    private static String summary(StepResult step) {
        String reason = step.reason().isEmpty() ? "" : " (" + step.reason() + ")";
        return step.name() + " " + step.phase() + reason;
    }

    List<String> submitted() {
        return platform.submitted.stream().map(Object::toString).toList();
    }
}
