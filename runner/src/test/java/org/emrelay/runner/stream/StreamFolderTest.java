package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.stream.StreamStatus.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamFolderTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00.5Z");
    private static final Identity PROCESS = new Identity("laptop", 123, "7 after boot");
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            new Position("17 a.json"),
            new SinkState("{\"id\":\"1\"}"),
            5,
            Counts.ZERO.plus(1, 2, 3, 99).plusDiscarded(4).withLosses(new SourceLosses(Duration.ofSeconds(90), 5, 6)),
            NOW);

    @TempDir
    Path workspace;

    private StreamFolder folder;

    @BeforeEach
    void create() throws IOException {
        folder = StreamFolder.of(workspace, "launches");
        folder.writeDefinition("{}".getBytes(StandardCharsets.UTF_8));
    }

    private LockedStream lock() throws IOException {
        return folder.lock(PROCESS, NOW);
    }

    private static Post post(String line) {
        return new Post(line.getBytes(StandardCharsets.UTF_8), new Position("1"));
    }

    @Test
    void listsTheStreamsOfAWorkspace() throws IOException {
        StreamFolder.of(workspace, "a").writeDefinition("{}".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(workspace.resolve("streams/no-stream"));

        assertThat(StreamFolder.list(workspace)).extracting(StreamFolder::name).containsExactly("a", "launches");
        assertThat(StreamFolder.list(workspace.resolve("other"))).isEmpty();
        assertThat(folder.exists()).isTrue();
        assertThat(StreamFolder.of(workspace, "b").exists()).isFalse();
        assertThat(folder.definition()).hasContent("{}");
    }

    @Test
    void aCheckpointIsReadAsItWasSaved() throws IOException {
        assertThat(folder.readCheckpoint()).isEqualTo(Checkpoint.NONE);

        try (LockedStream locked = lock()) {
            locked.save(CHECKPOINT);
            assertThat(folder.readCheckpoint()).isEqualTo(CHECKPOINT);
            locked.save(Checkpoint.NONE);
            assertThat(folder.readCheckpoint()).isEqualTo(Checkpoint.NONE);
        }
    }

    @Test
    void aCheckpointOfAnEarlierVersionHasNoLosses() throws IOException {
        Files.writeString(
                folder.directory().resolve("checkpoint.json"),
                "{\"sink\":\"\",\"dead_letter_bytes\":0,\"counts\":{\"read\":3,\"filtered\":1,\"kept\":1,\"dead_letters\":1,\"kept_bytes\":9,\"discarded\":0}}");

        assertThat(folder.readCheckpoint().counts()).isEqualTo(Counts.ZERO.plus(1, 1, 1, 9));
    }

    @Test
    void aCorruptCheckpointIsNeverIgnored() throws IOException {
        Path file = folder.directory().resolve("checkpoint.json");
        for (String[] corrupt : new String[][] {
            {"", "line 1, column 1: file is empty"},
            {"{\"position\":\"1\"", "line 1, column 1: this '{' is never closed: add '}'"},
            {"{\"position\":\"1\",\"sink\":\"\"}", "dead_letter_bytes is missing"},
            {
                "{\"sink\":\"\",\"dead_letter_bytes\":0,\"counts\":{\"read\":5,\"filtered\":1,\"kept\":1,\"dead_letters\":1,\"kept_bytes\":9,\"discarded\":0}}",
                "5 posts read, but 1 filtered, 1 kept and 1 dead letters"
            },
        }) {
            Files.writeString(file, corrupt[0]);

            assertThatThrownBy(folder::readCheckpoint)
                    .isInstanceOf(CorruptStreamException.class)
                    .hasMessage(file + " is not a valid checkpoint: " + corrupt[1]
                            + ". Restore it from a backup, or delete it: the stream then starts as a new one, and may"
                            + " read posts twice or miss some.");
        }
    }

    @Test
    void aStatusIsReadAsItWasWritten() throws IOException {
        StreamStatus status = new StreamStatus(
                Phase.RUNNING,
                20,
                CHECKPOINT.counts(),
                new SourceLosses(Duration.ofSeconds(92), 6, 6),
                12.5,
                new SourceStatus("reconnecting in 1 s: closed", 3, "closed", Duration.ofMillis(250)),
                7,
                700,
                0.1,
                NOW,
                NOW.plusSeconds(1),
                NOW.plusSeconds(2));
        StreamStatus free = new StreamStatus(
                Phase.ENDED,
                0,
                Counts.ZERO,
                SourceLosses.NONE,
                0,
                new SourceStatus("exhausted", 1, null, null),
                0,
                0,
                null,
                NOW,
                NOW,
                NOW);

        assertThat(folder.readStatus()).isEmpty();
        try (LockedStream locked = lock()) {
            locked.writeStatus(status);
            assertThat(folder.readStatus()).contains(status);
            locked.writeStatus(free);
            assertThat(folder.readStatus()).contains(free);
        }
        Files.writeString(folder.directory().resolve("status.json"), "{}");
        assertThat(folder.readStatus()).isEmpty();
    }

    @Test
    void aRunIsReadAsItWasRecorded() throws IOException {
        StreamRun started = StreamRun.started(NOW);
        StreamRun failed = started.ended(NOW.plusSeconds(5), StreamEnd.FAILED, "The token is refused.");

        assertThat(folder.readRun()).isEmpty();
        try (LockedStream locked = lock()) {
            locked.saveRun(started);
            assertThat(folder.readRun()).contains(started);
            locked.saveRun(failed);
            assertThat(folder.readRun()).contains(failed);
            locked.deleteFolder();
        }
        assertThat(folder.directory()).doesNotExist();
    }

    @Test
    void onlyOneProcessRunsAStream() throws IOException {
        assertThat(folder.holder()).isEmpty();
        LockedStream locked = lock();

        assertThat(folder.holder()).contains(new StreamHolder(PROCESS, NOW));
        assertThatThrownBy(() -> folder.lock(new Identity("laptop", 5, ""), NOW))
                .isInstanceOf(StreamLockedException.class)
                .hasMessage(
                        "Stream launches is already running as process 123 on laptop, since 2026-12-01T10:00:00.500Z. Stop it first.");

        locked.close();
        assertThat(folder.holder()).isEmpty();
        lock().close();
    }

    @Test
    void aStopRequestIsForTheProcessThatRuns() throws IOException {
        try (LockedStream locked = lock()) {
            folder.requestStop(new StreamHolder(new Identity("laptop", 99, ""), NOW));
            assertThat(locked.isStopRequested()).isFalse();

            folder.requestStop(folder.holder().orElseThrow());
            assertThat(locked.isStopRequested()).isTrue();
        }
        try (LockedStream locked = lock()) {
            assertThat(locked.isStopRequested()).isFalse();
        }
    }

    @Test
    void whatAKilledProcessDidNotFinishWritingIsDeleted() throws IOException {
        Files.createFile(folder.directory().resolve(".checkpoint.json123.tmp"));

        lock().close();

        assertThat(folder.directory()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void deadLettersBeyondTheCheckpointAreRemoved() throws IOException {
        try (LockedStream locked = lock()) {
            long length = locked.keepDeadLetters(List.of(post("{\"a\":1}"), post("{\"a\":2}")), 0);
            assertThat(length).isEqualTo(16);
            locked.keepDeadLetters(List.of(post("{\"a\":3}")), length);

            assertThat(locked.keepDeadLetters(List.of(post("{\"a\":4}")), length))
                    .isEqualTo(24);
        }
        assertThat(folder.deadLetters()).hasContent("{\"a\":1}\n{\"a\":2}\n{\"a\":4}\n");
    }

    @Test
    void deadLettersOutliveADeletedCheckpoint() throws IOException {
        try (LockedStream locked = lock()) {
            locked.keepDeadLetters(List.of(post("{\"a\":1}")), 0);
            long length = folder.readCheckpoint().deadLetterBytes();
            locked.keepDeadLetters(List.of(), length);
            locked.keepDeadLetters(List.of(post("{\"a\":2}")), length);
        }
        assertThat(folder.deadLetters()).hasContent("{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void theUserMayMoveDeadLettersAway() throws IOException {
        try (LockedStream locked = lock()) {
            assertThat(locked.keepDeadLetters(List.of(post("{}")), 800)).isEqualTo(3);
        }
    }

    @Test
    void aFailureToSaveIsOneSentence() throws IOException {
        Path file = folder.directory().resolve("checkpoint.json");
        Files.createDirectories(file.resolve("full"));
        try (LockedStream locked = lock()) {
            assertThatThrownBy(() -> locked.save(CHECKPOINT))
                    .isInstanceOf(StreamException.class)
                    .hasMessageStartingWith("Cannot write " + file + ": ")
                    .hasMessageEndingWith(".");
        }
    }
}
