package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.ProcessLiveness.Liveness;
import org.junit.jupiter.api.Test;

final class LocalProcessesTest {
    private final LocalProcesses processes = new LocalProcesses();
    private final Identity self = processes.current();

    @Test
    void thisProcessIsAlive() {
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(processes.livenessOf(self)).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void anEndedProcessIsDead() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity processIdentity = ProcessIdentity.of(process.toHandle());
        Identity identity = new Identity(self.host(), processIdentity.pid(), processIdentity.started());
        assertThat(processes.livenessOf(identity)).isEqualTo(Liveness.ALIVE);

        process.destroyForcibly().waitFor();

        assertThat(processes.livenessOf(identity)).isEqualTo(Liveness.DEAD);
    }

    @Test
    void aProcessWhoseIdWasReusedIsDead() {
        List<String> parts = List.of(self.started().split(" ", 2));
        Identity earlier = new Identity(self.host(), self.pid(), "1 " + parts.get(1));
        assertThat(processes.livenessOf(earlier)).isEqualTo(Liveness.DEAD);
    }

    @Test
    void aProcessOfAnotherHostIsUnknown() {
        assertThat(processes.livenessOf(new Identity("elsewhere", self.pid(), self.started())))
                .isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void aProcessOfAnotherBootIsUnknown() {
        assertThat(processes.livenessOf(new Identity(self.host(), self.pid(), "1 ticks after boot another")))
                .isEqualTo(Liveness.UNKNOWN);
    }
}
