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

/** One runner of several, in a process of a machine of its own or of one that it shares, over one store and one platform. */
final class Runner implements ProcessLiveness, LeaseWaiting {
    final SharedJournals journals;
    final Leases leases;
    final FakeClock clock;
    /** Processes of its machine that live. */
    final Set<Identity> living = new HashSet<>();

    Runnable whileItWaits = () -> {};
    private final Identity self;

    Runner(VersionedStore store, FakeClock clock, String host, long pid) {
        this.clock = clock;
        this.self = new Identity(host, pid, "tick " + pid);
        this.journals = new SharedJournals(store, path -> "s3://mine/" + path);
        this.leases = new Leases(store, path -> "s3://mine/" + path, this, clock, new Random(pid), this);
        living.add(self);
    }

    @Override
    public Identity current() {
        return self;
    }

    @Override
    public Life lifeOf(Identity process) {
        if (!process.host().equals(self.host())) {
            return Life.ELSEWHERE;
        }
        return living.contains(process) ? Life.LIVES : Life.GONE;
    }

    /** A keeper's thread sleeps until it is closed: on these runners' clock nothing happens by itself. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.currentThread().getName().equals("lease")) {
            new CountDownLatch(1).await();
        }
        clock.advance(duration);
        whileItWaits.run();
    }

    @Override
    public void waitingFor(String who, Duration left) {}

    RunResult execute(Run run, Platform platform) throws IOException, InterruptedException, SelectionException {
        try (LeasedRun held = leases.hold(run.id(), journals)) {
            return new Executor(run, platform, held.journals(), clock, RunListener.NONE).execute(Selection.NONE);
        }
    }
}
