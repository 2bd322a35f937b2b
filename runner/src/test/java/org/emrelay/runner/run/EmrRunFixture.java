package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.fakeaws.emr.StepProgram;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.emr.steps.EmrStepsFixture;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;

/**
 * Runs the executor on a fake EMR cluster. Each execution simulates one process, which can be killed at any AWS
 * call.
 */
final class EmrRunFixture implements AutoCloseable {
    /** Longer than any timeout in these tests. */
    private static final Duration ENDLESS = Duration.ofHours(10);

    final EmrStepsFixture steps;
    final InMemoryJournals journals = new InMemoryJournals();
    /** The attempts that ended by themselves, per poll. */
    final List<Set<AttemptId>> polls = new ArrayList<>();

    /**
     * The attempts that started and were not cancelled: a cancelled one may have been submitted in the same poll
     * that caused its cancellation.
     */
    final Set<AttemptId> started = new HashSet<>();

    /** The steps that wrote their output, once per write. */
    final List<String> writes = new ArrayList<>();

    private final Map<String, Integer> attempts = new HashMap<>();

    EmrRunFixture(int concurrency) {
        steps = new EmrStepsFixture(concurrency);
        steps.aws.clock().setIdleThreshold(Duration.ofNanos(20_000));
        steps.becomeReady();
        steps.aws.calls().clear();
    }

    /** The scripted behaviour of all steps. */
    interface Script {
        /** The scripts of a step's attempts, as on the in-memory platform. */
        List<AttemptScript> scripts(String step);

        Duration duration(String step);
    }

    void script(Script script) {
        attempts.clear();
        steps.aws.emr().scriptSteps(name -> script(name, script));
    }

    private StepScript script(String name, Script script) {
        String[] parts = name.split("/", -1);
        if (parts.length > 3) {
            return StepScript.completesAfter(Duration.ofSeconds(8));
        }
        List<AttemptScript> scripts = script.scripts(parts[1]);
        int number = attempts.merge(parts[0] + "/" + parts[1], 1, Integer::sum);
        Duration duration = script.duration(parts[1]);
        return switch (scripts.get(Math.min(number, scripts.size()) - 1)) {
            case SUCCEED -> StepScript.completesAfter(duration).withProgram(writing(parts[1]));
            case FAIL -> StepScript.failsAfter(duration, "exit code 1").leavingApplicationRunning();
            case HANG -> StepScript.completesAfter(ENDLESS);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The last argument is the output URI. */
    private StepProgram writing(String name) {
        return (step, arguments, asScripted) -> {
            writes.add(name);
            steps.workspace.outputs.put(arguments.get(arguments.size() - 1), new OutputSummary(1, 10, "by " + step));
            return asScripted;
        };
    }

    RunResult execute(Run run) throws IOException {
        return execute(run, steps.newPlatform());
    }

    RunResult execute(Run run, Platform platform) throws IOException {
        try {
            return RunFixture.executor(run, platform, new KillableJournals(), steps.aws.clock(), RunListener.NONE)
                    .execute(Selection.NONE);
        } catch (SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Journals that a killed process cannot write. */
    private final class KillableJournals implements Journals {
        @Override
        public Journal open(RunId run) {
            Journal journal = journals.open(run);
            return new Journal() {
                @Override
                public List<Event> events() {
                    return journal.events();
                }

                @Override
                public void append(List<Event> events) throws IOException {
                    if (steps.aws.isCrashed()) {
                        throw new InMemoryJournals.Killed();
                    }
                    journal.append(events);
                    note(events);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<Event> read(RunId run) {
            return journals.read(run);
        }

        @Override
        public String location(RunId run) {
            return journals.location(run);
        }
    }

    private void note(List<Event> events) {
        Set<AttemptId> ended = new LinkedHashSet<>();
        List<Event> byTime =
                events.stream().sorted(Comparator.comparing(Event::time)).toList();
        for (Event event : byTime) {
            if (event instanceof AttemptStarted start) {
                started.add(start.attempt());
            } else if (event instanceof AttemptCancelled cancelled) {
                started.remove(cancelled.attempt());
            } else if (event instanceof AttemptSucceeded succeeded) {
                ended.add(succeeded.attempt());
            } else if (event instanceof AttemptFailed failed) {
                ended.add(failed.attempt());
            } else if (event instanceof AttemptTimedOut timedOut) {
                ended.add(timedOut.attempt());
            }
        }
        if (!ended.isEmpty()) {
            polls.add(ended);
        }
    }

    @Override
    public void close() {
        steps.close();
    }
}
