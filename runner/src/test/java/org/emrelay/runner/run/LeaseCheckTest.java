package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.ProcessLiveness.Liveness;
import org.emrelay.runner.run.LeaseFile.LeaseRecord;
import org.junit.jupiter.api.Test;

/** Whether a list of runs shows a run as running. */
final class LeaseCheckTest {
    private static final RunId RUN = new RunId("r");

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final FakeClock clock = new FakeClock();

    private record Processes(Map<Long, Liveness> byPid) implements ProcessLiveness {
        @Override
        public Identity current() {
            return new Identity("laptop", 1, "");
        }

        @Override
        public Liveness livenessOf(Identity process) {
            return byPid.getOrDefault(process.pid(), Liveness.UNKNOWN);
        }
    }

    private boolean isHeldBy(long pid, Duration age, boolean released) throws IOException {
        LeaseFile file = new LeaseFile(store, path -> path, RUN);
        LeaseRecord lease = new LeaseRecord(
                new ProcessLiveness.Identity("laptop", pid, ""),
                "h",
                FakeClock.START,
                clock.instant().minus(age),
                released);
        assertThat(file.write(lease, file.read().orElse(null))).isTrue();
        return check().isHeld(RUN);
    }

    private LeaseCheck check() {
        return new LeaseCheck(store, path -> path, new Processes(Map.of(1L, Liveness.ALIVE, 2L, Liveness.DEAD)), clock);
    }

    @Test
    void aRunIsHeldByALiveProcessOrOneThatHasJustRenewedItsLease() throws Exception {
        assertThat(check().isHeld(RUN)).isFalse();
        assertThat(isHeldBy(1, Duration.ofHours(1), false)).isTrue();
        assertThat(isHeldBy(1, Duration.ZERO, true)).isFalse();
        assertThat(isHeldBy(2, Duration.ZERO, false)).isFalse();
        assertThat(isHeldBy(3, Duration.ofSeconds(59), false)).isTrue();
        assertThat(isHeldBy(3, Duration.ofSeconds(60), false)).isFalse();
    }
}
