package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.VersionedStore;

/** A simulated runner process on a host. Several of them share a store and a platform. */
final class SimulatedRunner implements ProcessLiveness, LeaseWaiter {
    final SharedJournals journals;
    final Leases leases;
    final FakeClock clock;
    /** The live processes on its host. */
    final Set<Identity> liveProcesses = new HashSet<>();

    Runnable onSleep = () -> {};
    private final Identity self;

    SimulatedRunner(VersionedStore store, FakeClock clock, String host, long pid) {
        this.clock = clock;
        this.self = new Identity(host, pid, "tick " + pid);
        this.journals = new SharedJournals(store, path -> "s3://mine/" + path);
        this.leases = new Leases(store, path -> "s3://mine/" + path, this, clock, new Random(pid), this);
        liveProcesses.add(self);
    }

    @Override
    public Identity current() {
        return self;
    }

    @Override
    public Liveness livenessOf(Identity process) {
        if (!process.host().equals(self.host())) {
            return Liveness.UNKNOWN;
        }
        return liveProcesses.contains(process) ? Liveness.ALIVE : Liveness.DEAD;
    }

    /** The renewal thread sleeps until it is closed: the fake clock does not advance by itself. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.currentThread().getName().equals("lease")) {
            new CountDownLatch(1).await();
        }
        clock.advance(duration);
        onSleep.run();
    }

    @Override
    public void waitingFor(String holder, Duration remaining) {}

    RunResult execute(Run run, Platform platform) throws IOException, InterruptedException, SelectionException {
        try (LeasedRun leased = leases.lockRun(run.id(), journals)) {
            return RunFixture.executor(run, platform, leased.journals(), clock, RunListener.NONE)
                    .execute(Selection.NONE);
        }
    }
}
