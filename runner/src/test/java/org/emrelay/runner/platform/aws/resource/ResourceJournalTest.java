package org.emrelay.runner.platform.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResourceJournalTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T03:45:12Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private ResourceJournal open() throws IOException {
        return ResourceJournal.open(directory.resolve("fleet").resolve("emr.jsonl"), NOW)
                .orElseThrow();
    }

    private String text() throws IOException {
        return Files.readString(directory.resolve("fleet").resolve("emr.jsonl"));
    }

    @Test
    void isOnDiskBeforeAResourceIsRequested() throws IOException {
        try (ResourceJournal journal = open()) {
            journal.recordRequest(ResourceKind.ROLE, "nodes");

            assertThat(text()).isEqualTo("""
                    {"time":"2026-11-21T03:45:12Z","act":"ASK","kind":"ROLE","name":"nodes","id":""}
                    """);
        }
    }

    @Test
    void remembersPossibleResourcesUntilTheyAreDeleted() throws IOException {
        try (ResourceJournal journal = open()) {
            journal.recordCreation("9f8e7d6c");
            journal.recordRequest(ResourceKind.CLUSTER, "9f8e7d6c");
            journal.recordRequest(ResourceKind.SECURITY_GROUP, "core");
            journal.recordCreated(ResourceKind.SECURITY_GROUP, "core", "sg-1");
        }
        try (ResourceJournal journal = open()) {
            assertThat(journal.remaining(ResourceKind.CLUSTER)).containsOnly(java.util.Map.entry("9f8e7d6c", ""));
            assertThat(journal.remaining(ResourceKind.SECURITY_GROUP))
                    .containsOnly(java.util.Map.entry("core", "sg-1"));
            assertThat(journal.isCleanedUp()).isFalse();
            journal.recordDeleted(ResourceKind.CLUSTER, "9f8e7d6c");
            journal.recordDeleted(ResourceKind.SECURITY_GROUP, "core");
            assertThat(journal.isCleanedUp()).isTrue();
            assertThat(journal.isEmpty()).isFalse();
        }
    }

    @Test
    void remembersAbandonedClustersUntilTheyAreTerminated() throws IOException {
        try (ResourceJournal journal = open()) {
            journal.recordRequest(ResourceKind.CLUSTER, "9f8e7d6c");
            journal.recordAbandoned("9f8e7d6c");
        }
        try (ResourceJournal journal = open()) {
            assertThat(journal.remaining(ResourceKind.CLUSTER)).isEmpty();
            assertThat(journal.abandoned()).containsExactly("9f8e7d6c");
            journal.recordDeleted(ResourceKind.CLUSTER, "9f8e7d6c");
            assertThat(journal.abandoned()).isEmpty();
        }
    }

    @Test
    void dropsATruncatedLineAndAppendsAfterTheLastCompleteOne() throws IOException {
        try (ResourceJournal journal = open()) {
            journal.recordRequest(ResourceKind.ROLE, "nodes");
        }
        Files.writeString(
                directory.resolve("fleet").resolve("emr.jsonl"), "{\"time\":\"2026", StandardOpenOption.APPEND);
        try (ResourceJournal journal = open()) {
            journal.recordRequest(ResourceKind.ROLE, "service");
        }

        assertThat(text().lines()).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void treatsAMalformedLineAsAPossibleCluster() throws IOException {
        Files.createDirectories(directory.resolve("fleet"));
        Files.writeString(directory.resolve("fleet").resolve("emr.jsonl"), "not JSON\n");

        try (ResourceJournal journal = open()) {
            assertThat(journal.remaining(ResourceKind.CLUSTER)).containsValue("");
        }
    }

    @Test
    void isLockedUntilTheFirstCommandEnds() throws IOException {
        Path path = directory.resolve("fleet").resolve("emr.jsonl");
        try (ResourceJournal first = open()) {
            assertThat(first.isEmpty()).isTrue();
            assertThat(ResourceJournal.open(path, NOW)).isEmpty();
        }
        try (ResourceJournal again = open()) {
            assertThat(again.isEmpty()).isTrue();
        }
    }
}
