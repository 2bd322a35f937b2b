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

    private static Event said(String reason) {
        return new Event.AttemptLost(FakeClock.START, new AttemptId(Plans.name("words"), 1), reason);
    }

    private void append(Event... events) throws IOException {
        try (Journal journal = journals.open(RUN)) {
            journal.append(List.of(events));
        }
    }

    @Test
    void whatIsAppendedIsThereForTheNextOneAnObjectAnAppend() throws IOException {
        append(said("one"), said("zwölf → 字"));
        append(said("three"));
        append();

        assertThat(journals.read(RUN)).containsExactly(said("one"), said("zwölf → 字"), said("three"));
        assertThat(store.texts.keySet())
                .containsExactly("runs/r/events/00000001.jsonl", "runs/r/events/00000002.jsonl");
        assertThat(journals.place(RUN)).isEqualTo("s3://mine/runs/r/events");
    }

    @Test
    void aJournalThatNobodyWroteIsEmpty() throws IOException {
        assertThat(journals.read(RUN)).isEmpty();
        assertThat(store.texts).isEmpty();
    }

    @Test
    void ofTwoWritersTheSecondFindsOutBeforeItHasWrittenAnything() throws IOException {
        append(said("one"));
        try (Journal first = journals.open(RUN);
                Journal second = journals.open(RUN)) {
            first.append(List.of(said("two")));
            assertThatThrownBy(() -> second.append(List.of(said("other"))))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessage(
                            "Somebody else has gone on with this run meanwhile: s3://mine/runs/r/events/00000002.jsonl was"
                                    + " written by them. Nothing more is done from here; list_steps shows how far they are.");
            first.append(List.of(said("three")));
            assertThat(second.events()).containsExactly(said("one"));
        }
        assertThat(journals.read(RUN)).containsExactly(said("one"), said("two"), said("three"));
    }

    @Test
    void aPartThatIsMissingIsNamed() throws IOException {
        append(said("one"));
        append(said("two"));
        append(said("three"));
        store.texts.remove("runs/r/events/00000002.jsonl");

        assertThatThrownBy(() -> journals.open(RUN))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(
                        "s3://mine/runs/r/events/00000002.jsonl is missing, although there are later ones: a part of what"
                                + " happened in the run is lost. Bring it back, or add the steps again.");
    }

    @Test
    void whatIsNoEventIsNamedWithItsPlace() throws IOException {
        append(said("one"));
        String line = store.texts.get("runs/r/events/00000001.jsonl");
        store.put("runs/r/events/00000002.jsonl", line + "what?\n");
        assertThatThrownBy(() -> journals.read(RUN))
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith(
                        "s3://mine/runs/r/events/00000002.jsonl: line 2 is no event of a run: line 1, column ")
                .hasMessageEndingWith(". Mend the line, or add the steps again.");

        store.put("runs/r/events/00000002.jsonl", line.substring(0, 20));
        assertThatThrownBy(() -> journals.read(RUN))
                .hasMessage(
                        "s3://mine/runs/r/events/00000002.jsonl: line 1 is no event of a run: it is cut off. Mend the"
                                + " line, or add the steps again.");
    }

    @Test
    void whatSomebodyElseLeftBesideItIsOverlooked() throws IOException {
        append(said("one"));
        store.put("runs/r/events/notes.txt", "mine");
        assertThat(journals.read(RUN)).containsExactly(said("one"));
    }

    @Test
    void aRunWhoseJournalEndsAfterAnyPartComesToTheSameEndAndKeepsWhatIsDone() throws Exception {
        Run run = plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("words")
                .step("counts", "words")
                .step("other")
                .run();
        RunFixture first = stage();
        String end = RunFixture.told(execute(run, first));
        TreeMap<String, String> whole = new TreeMap<>(store.texts);
        assertThat(whole.size()).isGreaterThan(5);
        for (int parts = 0; parts <= whole.size(); parts++) {
            store.texts.clear();
            for (String path : new ArrayList<>(whole.keySet()).subList(0, parts)) {
                store.put(path, whole.get(path));
            }
            RunFixture second = stage();
            second.journals.of(run.id()).addAll(journals.read(run.id()));
            List<String> done = done(second.state(run));
            second.platform.workspace.outputs.putAll(first.platform.workspace.outputs);

            assertThat(RunFixture.told(execute(run, second)))
                    .as("after %s parts", parts)
                    .isEqualTo(end);
            assertThat(second.platform.submitted)
                    .as("after %s parts", parts)
                    .noneMatch(attempt -> done.contains(attempt.step().value()));
        }
    }

    private static RunFixture stage() {
        RunFixture stage = new RunFixture();
        stage.platform.script("other", AttemptScript.FAIL);
        return stage;
    }

    private RunResult execute(Run run, RunFixture stage) throws Exception {
        return new Executor(run, stage.platform, journals, stage.clock, RunListener.NONE).execute(Selection.NONE);
    }

    private static List<String> done(RunState state) {
        return state.steps().entrySet().stream()
                .filter(entry -> entry.getValue().phase() == StepPhase.DONE)
                .map(entry -> entry.getKey().value())
                .toList();
    }
}
