package org.emrelay.runner.platform.emr.ledger;

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

final class LedgerTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T03:45:12Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private Ledger open() throws IOException {
        return Ledger.open(directory.resolve("fleet").resolve("emr.jsonl"), NOW).orElseThrow();
    }

    private String text() throws IOException {
        return Files.readString(directory.resolve("fleet").resolve("emr.jsonl"));
    }

    @Test
    void standsOnDiskBeforeAThingIsAskedFor() throws IOException {
        try (Ledger ledger = open()) {
            ledger.asks(Kind.ROLE, "nodes");

            assertThat(text()).isEqualTo("""
                    {"time":"2026-11-21T03:45:12Z","act":"ASK","kind":"ROLE","name":"nodes","id":""}
                    """);
        }
    }

    @Test
    void remembersWhatMayExistUntilItIsRemoved() throws IOException {
        try (Ledger ledger = open()) {
            ledger.begin("9f8e7d6c");
            ledger.asks(Kind.CLUSTER, "9f8e7d6c");
            ledger.asks(Kind.SECURITY_GROUP, "core");
            ledger.has(Kind.SECURITY_GROUP, "core", "sg-1");
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.open(Kind.CLUSTER)).containsOnly(java.util.Map.entry("9f8e7d6c", ""));
            assertThat(ledger.open(Kind.SECURITY_GROUP)).containsOnly(java.util.Map.entry("core", "sg-1"));
            assertThat(ledger.isSettled()).isFalse();
            ledger.removed(Kind.CLUSTER, "9f8e7d6c");
            ledger.removed(Kind.SECURITY_GROUP, "core");
            assertThat(ledger.isSettled()).isTrue();
            assertThat(ledger.isEmpty()).isFalse();
        }
    }

    @Test
    void takesALineThatACrashCutOffForNoneAndGoesOnBehindTheLastWholeOne() throws IOException {
        try (Ledger ledger = open()) {
            ledger.asks(Kind.ROLE, "nodes");
        }
        Files.writeString(
                directory.resolve("fleet").resolve("emr.jsonl"), "{\"time\":\"2026", StandardOpenOption.APPEND);
        try (Ledger ledger = open()) {
            ledger.asks(Kind.ROLE, "service");
        }

        assertThat(text().lines()).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void takesALineThatCannotBeReadForAClusterThatMayHaveBeenAskedFor() throws IOException {
        Files.createDirectories(directory.resolve("fleet"));
        Files.writeString(directory.resolve("fleet").resolve("emr.jsonl"), "what is this\n");

        try (Ledger ledger = open()) {
            assertThat(ledger.open(Kind.CLUSTER)).containsValue("");
        }
    }

    @Test
    void isKeptFromASecondCommandUntilTheFirstHasEnded() throws IOException {
        Path path = directory.resolve("fleet").resolve("emr.jsonl");
        try (Ledger first = open()) {
            assertThat(first.isEmpty()).isTrue();
            assertThat(Ledger.open(path, NOW)).isEmpty();
        }
        try (Ledger again = open()) {
            assertThat(again.isEmpty()).isTrue();
        }
    }
}
