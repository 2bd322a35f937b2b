package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.ProcessLiveness.Life;
import org.junit.jupiter.api.Test;

final class LocalProcessesTest {
    private final LocalProcesses processes = new LocalProcesses();
    private final Identity self = processes.current();

    @Test
    void thisProcessLives() {
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(processes.lifeOf(self)).isEqualTo(Life.LIVES);
    }

    @Test
    void oneThatHasEndedIsGone() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity named = ProcessIdentity.of(process.toHandle());
        Identity identity = new Identity(self.host(), named.pid(), named.started());
        assertThat(processes.lifeOf(identity)).isEqualTo(Life.LIVES);

        process.destroyForcibly().waitFor();

        assertThat(processes.lifeOf(identity)).isEqualTo(Life.GONE);
    }

    @Test
    void ofOneThatHadTheSameNumberBeforeItIsKnownThatItIsGone() {
        List<String> words = List.of(self.started().split(" ", 2));
        Identity earlier = new Identity(self.host(), self.pid(), "1 " + words.get(1));
        assertThat(processes.lifeOf(earlier)).isEqualTo(Life.GONE);
    }

    @Test
    void ofAnotherMachinesNobodyCanTell() {
        assertThat(processes.lifeOf(new Identity("elsewhere", self.pid(), self.started())))
                .isEqualTo(Life.ELSEWHERE);
    }

    @Test
    void ofOneOfAnotherBootNobodyCanTellForAnotherMachineMayHaveThisName() {
        assertThat(processes.lifeOf(new Identity(self.host(), self.pid(), "1 ticks after boot another")))
                .isEqualTo(Life.ELSEWHERE);
    }
}
