package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseAFile() {
        file = folder.resolve("runs").resolve("r").resolve("events.jsonl");
    }

    private static Event said(String reason) {
        return new Event.AttemptLost(FakeClock.START, new AttemptId(Plans.name("words"), 1), reason);
    }

    private void append(Event... events) throws IOException {
        try (FileJournal journal = FileJournal.open(file)) {
            journal.append(List.of(events));
        }
    }

    @Test
    void whatIsAppendedIsThereForTheNextOne() throws IOException {
        append(said("one"), said("zwölf → 字"));
        append(said("three"));

        assertThat(FileJournal.read(file)).containsExactly(said("one"), said("zwölf → 字"), said("three"));
        try (FileJournal journal = FileJournal.open(file)) {
            assertThat(journal.events()).hasSize(3);
        }
    }

    @Test
    void aJournalThatNobodyWroteIsEmpty() throws IOException {
        assertThat(FileJournal.read(file)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aLineThatIsTornAtAnyByteIsTakenAwayBeforeTheNextIsAppended() throws IOException {
        append(said("one"), said("zwölf → 字"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Files.write(file, cut);
            List<Event> kept = List.of(said("one"), said("zwölf → 字")).subList(0, lines(cut));
            assertThat(FileJournal.read(file)).isEqualTo(kept);
            assertThat(Files.readAllBytes(file)).isEqualTo(cut);

            append(said("next"));

            List<Event> expected = new ArrayList<>(kept);
            expected.add(said("next"));
            assertThat(FileJournal.read(file)).isEqualTo(expected);
        }
    }

    private static int lines(byte[] content) {
        return (int) new String(content, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    @Test
    void zeroesThatAPowerFailureLeftAtTheEndAreTakenAway() throws IOException {
        append(said("one"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 4096));

        append(said("two"));

        assertThat(FileJournal.read(file)).containsExactly(said("one"), said("two"));
    }

    @Test
    void garbageInTheMiddleIsNamedWithItsLine() throws IOException {
        append(said("one"));
        String line = Files.readString(file);
        Files.writeString(file, line + "what?\n" + line);

        assertThatThrownBy(() -> FileJournal.open(file))
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith(file + ": line 2 is no event of a run: line 1, column ")
                .hasMessageEndingWith(". Mend the line, or add the steps again.");
        assertThat(Files.readString(file)).isEqualTo(line + "what?\n" + line);
    }

    @Test
    void bytesThatAreNoTextAreNamedWithTheirLine() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xC3, '\n'});

        assertThatThrownBy(() -> FileJournal.read(file))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(
                        file + ": line 1 is no event of a run: it is no UTF-8 text. Mend the line, or add the steps "
                                + "again.");
    }

    @Test
    void aRunWhoseJournalIsCutAtAnyByteComesToTheSameEndAndKeepsWhatIsDone() throws Exception {
        Run run = plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("words")
                .step("counts", "words")
                .step("other")
                .run();
        FileJournals journals = new FileJournals(folder);
        RunFixture first = stage();
        String end = RunFixture.told(execute(run, first, journals));
        Path path = Path.of(journals.place(run.id()));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            RunFixture second = stage();
            try (Journal repaired = journals.open(run.id())) {
                second.journals.of(run.id()).addAll(repaired.events());
            }
            List<String> done = done(second.state(run));
            second.platform.workspace.outputs.putAll(first.platform.workspace.outputs);

            RunResult result = second.execute(run);

            assertThat(RunFixture.told(result)).as("cut after %s bytes", length).isEqualTo(end);
            List<String> ranAgain = second.platform.submitted.stream()
                    .map(attempt -> attempt.step().value())
                    .filter(done::contains)
                    .toList();
            assertThat(ranAgain).as("cut after %s bytes", length).isEmpty();
        }
    }

    private static RunFixture stage() {
        RunFixture stage = new RunFixture();
        stage.platform.script("other", AttemptScript.FAIL);
        return stage;
    }

    private static RunResult execute(Run run, RunFixture stage, Journals journals) throws Exception {
        return new Executor(run, stage.platform, journals, stage.clock, RunListener.NONE).execute(Selection.NONE);
    }

    private static List<String> done(RunState state) {
        return state.steps().entrySet().stream()
                .filter(entry -> entry.getValue().phase() == StepPhase.DONE)
                .map(entry -> entry.getKey().value())
                .toList();
    }
}
