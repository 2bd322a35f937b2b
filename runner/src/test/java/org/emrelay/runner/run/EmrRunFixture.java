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
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.emr.StepWork;
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

/** The executor on a cluster of EMR, over an AWS of our own; each execution is a process of its own, and may die at any of its calls. */
final class EmrRunFixture implements AutoCloseable {
    /** While a step does that, any time-out of these tests passes. */
    private static final Duration FOR_EVER = Duration.ofHours(10);

    final EmrStepsFixture steps;
    final InMemoryJournals journals = new InMemoryJournals();
    /** What ended by itself, look by look. */
    final List<Set<AttemptId>> looks = new ArrayList<>();

    /** What was seen to run and was left running: one that is stopped may have been handed over in the very look that told why. */
    final Set<AttemptId> started = new HashSet<>();

    /** The steps that wrote their output, each as often as it did. */
    final List<String> written = new ArrayList<>();

    private final Map<String, Integer> turns = new HashMap<>();

    EmrRunFixture(int concurrency) {
        steps = new EmrStepsFixture(concurrency);
        steps.aws.time().patience(Duration.ofNanos(20_000));
        steps.ready();
        steps.aws.calls().forget();
    }

    /** How a step fares. */
    interface Script {
        /** The plays of a step's attempts, as on the in-memory platform. */
        List<AttemptScript> plays(String step);

        Duration takes(String step);
    }

    void script(Script script) {
        turns.clear();
        steps.aws.emr().steps(name -> script(name, script));
    }

    private StepScript script(String name, Script script) {
        String[] parts = name.split("/", -1);
        if (parts.length > 3) {
            return StepScript.completesAfter(Duration.ofSeconds(8));
        }
        List<AttemptScript> plays = script.plays(parts[1]);
        int number = turns.merge(parts[0] + "/" + parts[1], 1, Integer::sum);
        Duration takes = script.takes(parts[1]);
        return switch (plays.get(Math.min(number, plays.size()) - 1)) {
            case SUCCEED -> StepScript.completesAfter(takes).doing(writing(parts[1]));
            case FAIL -> StepScript.failsAfter(takes, "exit code 1").leavingItsApplication();
            case HANG -> StepScript.completesAfter(FOR_EVER);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Its output is the last of its arguments. */
    private StepWork writing(String name) {
        return (step, words, asScripted) -> {
            written.add(name);
            steps.workspace.outputs.put(words.get(words.size() - 1), new OutputSummary(1, 10, "by " + step));
            return asScripted;
        };
    }

    RunResult execute(Run run) throws IOException {
        return execute(run, steps.platform());
    }

    RunResult execute(Run run, Platform platform) throws IOException {
        try {
            return new Executor(run, platform, new Mortal(), steps.aws.time(), RunListener.NONE)
                    .execute(Selection.NONE);
        } catch (SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    /** A journal in the bucket: of a dead process nothing gets there. */
    private final class Mortal implements Journals {
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
                    if (steps.aws.isDead()) {
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
        public String place(RunId run) {
            return journals.place(run);
        }
    }

    private void note(List<Event> events) {
        Set<AttemptId> ended = new LinkedHashSet<>();
        List<Event> inTime =
                events.stream().sorted(Comparator.comparing(Event::time)).toList();
        for (Event event : inTime) {
            if (event instanceof AttemptStarted begins) {
                started.add(begins.attempt());
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
            looks.add(ended);
        }
    }

    @Override
    public void close() {
        steps.close();
    }
}
