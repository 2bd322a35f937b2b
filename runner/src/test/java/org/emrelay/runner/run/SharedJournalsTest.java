package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.junit.jupiter.api.Test;

final class SharedJournalsTest {
    private static final RunId RUN = new RunId("r");

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final SharedJournals journals = new SharedJournals(store, path -> "s3://mine/" + path);

    private static Event event(String reason) {
        return new Event.AttemptLost(FakeClock.START, new AttemptId(Plans.name("words"), 1), reason);
    }

    private void append(Event... events) throws IOException {
        try (Journal journal = journals.open(RUN)) {
            journal.append(List.of(events));
        }
    }

    @Test
    void everyAppendCreatesOneObject() throws IOException {
        append(event("one"), event("zwölf → 字"));
        append(event("three"));
        append();

        assertThat(journals.read(RUN)).containsExactly(event("one"), event("zwölf → 字"), event("three"));
        assertThat(store.texts.keySet())
                .containsExactly("runs/r/events/00000001.jsonl", "runs/r/events/00000002.jsonl");
        assertThat(journals.location(RUN)).isEqualTo("s3://mine/runs/r/events");
    }

    @Test
    void missingJournalIsEmpty() throws IOException {
        assertThat(journals.read(RUN)).isEmpty();
        assertThat(store.texts).isEmpty();
    }

    @Test
    void secondOfTwoWritersFailsBeforeItWrites() throws IOException {
        append(event("one"));
        try (Journal first = journals.open(RUN);
                Journal second = journals.open(RUN)) {
            first.append(List.of(event("two")));
            assertThatThrownBy(() -> second.append(List.of(event("other"))))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessage(
                            "Another runner has continued this run: it wrote s3://mine/runs/r/events/00000002.jsonl. This"
                                    + " process does nothing more; list_steps shows the progress of the run.");
            first.append(List.of(event("three")));
            assertThat(second.events()).containsExactly(event("one"));
        }
        assertThat(journals.read(RUN)).containsExactly(event("one"), event("two"), event("three"));
    }

    @Test
    void missingFileIsReported() throws IOException {
        append(event("one"));
        append(event("two"));
        append(event("three"));
        store.texts.remove("runs/r/events/00000002.jsonl");

        assertThatThrownBy(() -> journals.open(RUN))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(
                        "s3://mine/runs/r/events/00000002.jsonl is missing, although later files exist: part of the run's"
                                + " history is lost. Restore the file, or add the steps again.");
    }

    @Test
    void invalidEventIsReportedWithItsUri() throws IOException {
        append(event("one"));
        String line = store.texts.get("runs/r/events/00000001.jsonl");
        store.put("runs/r/events/00000002.jsonl", line + "what?\n");
        assertThatThrownBy(() -> journals.read(RUN))
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith(
                        "s3://mine/runs/r/events/00000002.jsonl: line 2 is not a valid run event: line 1, column ")
                .hasMessageEndingWith(". Fix the line, or add the steps again.");

        store.put("runs/r/events/00000002.jsonl", line.substring(0, 20));
        assertThatThrownBy(() -> journals.read(RUN))
                .hasMessage(
                        "s3://mine/runs/r/events/00000002.jsonl: line 1 is not a valid run event: it is truncated. Fix the"
                                + " line, or add the steps again.");
    }

    @Test
    void unrelatedFilesAreIgnored() throws IOException {
        append(event("one"));
        store.put("runs/r/events/notes.txt", "mine");
        assertThat(journals.read(RUN)).containsExactly(event("one"));
    }

    @Test
    void runWithAJournalThatEndsAfterAnyFileEndsTheSameAndKeepsDoneSteps() throws Exception {
        Run run = plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("words")
                .step("counts", "words")
                .step("other")
                .run();
        RunFixture first = fixture();
        String end = RunFixture.summary(execute(run, first));
        TreeMap<String, String> whole = new TreeMap<>(store.texts);
        assertThat(whole.size()).isGreaterThan(5);
        for (int parts = 0; parts <= whole.size(); parts++) {
            store.texts.clear();
            for (String path : new ArrayList<>(whole.keySet()).subList(0, parts)) {
                store.put(path, whole.get(path));
            }
            RunFixture second = fixture();
            second.journals.of(run.id()).addAll(journals.read(run.id()));
            List<String> done = done(second.state(run));
            second.platform.workspace.outputs.putAll(first.platform.workspace.outputs);

            assertThat(RunFixture.summary(execute(run, second)))
                    .as("after %s parts", parts)
                    .isEqualTo(end);
            assertThat(second.platform.submitted)
                    .as("after %s parts", parts)
                    .noneMatch(attempt -> done.contains(attempt.step().value()));
        }
    }

    private static RunFixture fixture() {
        RunFixture fixture = new RunFixture();
        fixture.platform.script("other", AttemptScript.FAIL);
        return fixture;
    }

    private RunResult execute(Run run, RunFixture fixture) throws Exception {
        return RunFixture.executor(run, fixture.platform, journals, fixture.clock, RunListener.NONE)
                .execute(Selection.NONE);
    }

    private static List<String> done(RunState state) {
        return state.steps().entrySet().stream()
                .filter(entry -> entry.getValue().phase() == StepPhase.DONE)
                .map(entry -> entry.getKey().value())
                .toList();
    }
}
