package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalsTest {
    @RegisterExtension
    static final Sampling TRUNCATIONS = Sampling.of("truncated journals");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void createPath() {
        file = directory.resolve("runs").resolve("r").resolve("events.jsonl");
    }

    private static Event event(String reason) {
        return new Event.AttemptLost(FakeClock.START, new AttemptId(Plans.name("words"), 1), reason);
    }

    private void append(Event... events) throws IOException {
        try (Journal journal = FileJournals.open(file)) {
            journal.append(List.of(events));
        }
    }

    @Test
    void appendedEventsAreReadByTheNextWriter() throws IOException {
        append(event("one"), event("zwölf → 字"));
        append(event("three"));

        assertThat(FileJournals.read(file)).containsExactly(event("one"), event("zwölf → 字"), event("three"));
        try (Journal journal = FileJournals.open(file)) {
            assertThat(journal.events()).hasSize(3);
        }
    }

    /** Java's message has no path. The events are not taken for written. */
    @Test
    void aFullDiskIsReportedWithThePath() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (Journal journal =
                new FileJournals.FileJournal(full, new RandomAccessFile(full.toFile(), "rw"), new ArrayList<>(), 0)) {
            assertThatThrownBy(() -> journal.append(List.of(event("one"))))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage("/dev/full: No space left on device");
            assertThat(journal.events()).isEmpty();
        }
    }

    @Test
    void missingJournalIsEmpty() throws IOException {
        assertThat(FileJournals.read(file)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void lineTruncatedAtAnyByteIsRemovedBeforeTheNextAppend() throws IOException {
        append(event("one"), event("zwölf → 字"));
        byte[] complete = Files.readAllBytes(file);
        for (int length = 0; length <= complete.length; length++) {
            byte[] truncated = Arrays.copyOf(complete, length);
            Files.write(file, truncated);
            List<Event> readable = List.of(event("one"), event("zwölf → 字")).subList(0, lines(truncated));
            assertThat(FileJournals.read(file)).isEqualTo(readable);
            assertThat(Files.readAllBytes(file)).isEqualTo(truncated);

            append(event("next"));

            List<Event> expected = new ArrayList<>(readable);
            expected.add(event("next"));
            assertThat(FileJournals.read(file)).isEqualTo(expected);
        }
    }

    private static int lines(byte[] content) {
        return (int) new String(content, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    @Test
    void trailingZeroesAfterAPowerFailureAreRemoved() throws IOException {
        append(event("one"));
        byte[] complete = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(complete, complete.length + 4096));

        append(event("two"));

        assertThat(FileJournals.read(file)).containsExactly(event("one"), event("two"));
        assertThat(Files.readString(file)).doesNotContain("\0").endsWith("\n");
    }

    @Test
    void invalidLineIsReportedWithItsNumber() throws IOException {
        append(event("one"));
        String line = Files.readString(file);
        Files.writeString(file, line + "what?\n" + line);

        assertThatThrownBy(() -> FileJournals.open(file))
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith(file + ": line 2 is not a valid run event: line 1, column ")
                .hasMessageEndingWith(". Fix the line, or add the steps again.");
        assertThat(Files.readString(file)).isEqualTo(line + "what?\n" + line);
    }

    @Test
    void invalidUtf8IsReportedWithItsLineNumber() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xC3, '\n'});

        assertThatThrownBy(() -> FileJournals.read(file))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(file
                        + ": line 1 is not a valid run event: it is not valid UTF-8. Fix the line, or add the steps "
                        + "again.");
    }

    @Test
    void runWithAJournalTruncatedAtAnyByteEndsTheSameAndKeepsDoneSteps() throws Exception {
        Run run = plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("words")
                .step("counts", "words")
                .step("other")
                .run();
        FileJournals journals = new FileJournals(directory);
        RunFixture first = fixture();
        String end = RunFixture.summary(execute(run, first, journals));
        Path path = Path.of(journals.location(run.id()));
        byte[] complete = Files.readAllBytes(path);
        List<Integer> lengths =
                IntStream.rangeClosed(0, complete.length).boxed().toList();
        for (int length : TRUNCATIONS.choose(60, lengths, bytes -> kind(complete, bytes))) {
            Files.write(path, Arrays.copyOf(complete, length));
            RunFixture second = fixture();
            try (Journal repaired = journals.open(run.id())) {
                second.journals.of(run.id()).addAll(repaired.events());
            }
            List<String> done = done(second.state(run));
            second.platform.workspace.outputs.putAll(first.platform.workspace.outputs);

            RunResult result = second.execute(run);

            assertThat(RunFixture.summary(result))
                    .as("truncated after %s bytes", length)
                    .isEqualTo(end);
            List<String> ranAgain = second.platform.submitted.stream()
                    .map(attempt -> attempt.step().value())
                    .filter(done::contains)
                    .toList();
            assertThat(ranAgain).as("truncated after %s bytes", length).isEmpty();
        }
    }

    /** The number of complete lines, and whether only the end of the last line is missing. */
    private static String kind(byte[] journal, int length) {
        return lines(Arrays.copyOf(journal, length)) + (length < journal.length && journal[length] == '\n' ? "-" : "");
    }

    private static RunFixture fixture() {
        RunFixture fixture = new RunFixture();
        fixture.platform.script("other", AttemptScript.FAIL);
        return fixture;
    }

    private static RunResult execute(Run run, RunFixture fixture, Journals journals) throws Exception {
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
