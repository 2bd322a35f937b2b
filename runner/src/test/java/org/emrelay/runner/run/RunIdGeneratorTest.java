package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.emrelay.runner.model.RunId;
import org.junit.jupiter.api.Test;

final class RunIdGeneratorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:45:12.9Z");

    @Test
    void idContainsTheTimeOfCreation() {
        assertThat(RunIdGenerator.next(NOW, new Random(1), null).value()).matches("20261121-034512-[0-9a-f]{4}");
    }

    @Test
    void secondRunWithinASecondSortsAfterTheFirst() {
        RunId first = new RunId("20261121-034512-ffff");

        assertThat(RunIdGenerator.next(NOW, new Random(1), first)).isGreaterThan(first);
    }

    @Test
    void runCreatedAfterTheClockWasSetBackStillSortsLast() {
        RunId first = new RunId("20261225-000000-ffff");

        assertThat(RunIdGenerator.next(NOW, new Random(1), first).value()).startsWith("20261225-000001-");
    }

    @Test
    void foreignIdIsIgnored() {
        assertThat(RunIdGenerator.next(NOW, new Random(1), new RunId("mine")).value())
                .startsWith("20261121-034512-");
        assertThat(RunIdGenerator.next(NOW, new Random(1), new RunId("2026-and-what-else"))
                        .value())
                .startsWith("20261121-034512-");
    }
}
