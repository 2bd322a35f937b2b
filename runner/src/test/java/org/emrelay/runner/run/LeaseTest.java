package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.VersionedStore;
import org.junit.jupiter.api.Test;

final class LeaseTest {
    private static final RunId RUN = new RunId("r");
    private static final String FILE = "runs/r/lease.json";
    private static final String LOCKED_BY_FIRST =
            "Run r is locked by process 1 on laptop (since 2026-11-21T03:45:12Z). Wait until that process ends, or stop"
                    + " it; list_steps shows the progress of the run.";
    private static final String LOST_TO_SECOND =
            "Lost the lock on run r, which this process did not renew in time: process 2 on desk (since"
                    + " 2026-11-21T03:46:12Z) has taken it over. This process does nothing more; list_steps shows the"
                    + " progress of the run.";

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final FakeClock clock = new FakeClock();
    private final Contender first = new Contender(store, "laptop", 1);
    private final Contender second = new Contender(store, "desk", 2);

    /** A process on a host. The test decides which processes of the host are alive. */
    private final class Contender implements ProcessLiveness, LeaseWaiter {
        final List<Identity> liveProcesses = new ArrayList<>();
        final List<String> waits = new ArrayList<>();
        final Leases leases;
        Runnable onSleep = () -> {};
        private final Identity self;

        Contender(VersionedStore store, String host, long pid) {
            self = new Identity(host, pid, "tick " + pid);
            liveProcesses.add(self);
            leases = new Leases(store, LeaseTest::uri, this, clock, new Random(pid), this);
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

        @Override
        public void sleep(Duration duration) {
            clock.advance(duration);
            onSleep.run();
        }

        @Override
        public void waitingFor(String holder, Duration remaining) {
            waits.add(holder + ": " + remaining.toSeconds());
        }

        Lease acquire() throws IOException, InterruptedException {
            return leases.acquire(RUN);
        }
    }

    private static String uri(String path) {
        return "s3://mine/" + path;
    }

    private Contender onFirstHost(long pid) {
        return new Contender(store, "laptop", pid);
    }

    @Test
    void leaseFileNamesTheHolder() throws Exception {
        first.acquire();
        assertThat(store.texts).containsEntry(FILE, """
                {
                  "host" : "laptop",
                  "pid" : 1,
                  "started" : "tick 1",
                  "holder" : "bb1ad57319b89cd8",
                  "since" : "2026-11-21T03:45:12Z",
                  "renewed" : "2026-11-21T03:45:12Z",
                  "released" : false
                }
                """);
    }

    @Test
    void releasedLeaseIsAcquiredAtOnce() throws Exception {
        first.acquire().close();
        second.acquire();
        assertThat(second.waits).isEmpty();
        assertThat(store.texts.get(FILE)).contains("\"host\" : \"desk\"");
    }

    @Test
    void liveHolderOnTheSameHostIsReportedAtOnce() throws Exception {
        first.acquire();
        Contender other = onFirstHost(3);
        other.liveProcesses.add(first.current());
        assertThatThrownBy(other::acquire)
                .isInstanceOf(RunLockedException.class)
                .hasMessage(LOCKED_BY_FIRST);
        assertThat(other.waits).isEmpty();
        assertThatThrownBy(first::acquire).isInstanceOf(RunLockedException.class);
    }

    @Test
    void deadHolderOnTheSameHostIsReplacedAtOnce() throws Exception {
        first.acquire();
        Contender other = onFirstHost(3);
        other.acquire().renewIfDue();
        assertThat(other.waits).isEmpty();
    }

    @Test
    void leaseOfASilentHolderOnAnotherHostExpiresAfterAMinute() throws Exception {
        Lease lost = first.acquire();
        second.acquire().renewIfDue();
        assertThat(second.waits).hasSize(12).contains("process 1 on laptop (since 2026-11-21T03:45:12Z): 60");
        assertThat(second.waits).last().isEqualTo("process 1 on laptop (since 2026-11-21T03:45:12Z): 5");
        assertThat(Duration.between(FakeClock.START, clock.instant())).isEqualTo(Duration.ofSeconds(60));
        assertThatThrownBy(lost::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessage(LOST_TO_SECOND);
        assertThatThrownBy(lost::renewIfDue).hasMessage(LOST_TO_SECOND);
    }

    @Test
    void holderOnAnotherHostIsReportedAsSoonAsItRenews() throws Exception {
        Lease held = first.acquire();
        second.onSleep = () -> renew(held);
        assertThatThrownBy(second::acquire).hasMessage(LOCKED_BY_FIRST);
        assertThat(second.waits).hasSize(3);
    }

    private static void renew(Lease lease) {
        try {
            lease.renewIfDue();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Test
    void leaseReleasedOnAnotherHostIsAcquiredAsSoonAsThatIsVisible() throws Exception {
        Lease held = first.acquire();
        second.onSleep = held::close;
        second.acquire();
        assertThat(second.waits).hasSize(1);
    }

    @Test
    void clockOfTheOtherHostDoesNotMatter() throws Exception {
        first.acquire();
        store.put(FILE, store.texts.get(FILE).replace("2026-11", "2031-01"));
        second.acquire();
        assertThat(second.waits).hasSize(12);
    }

    @Test
    void oneOfTwoConcurrentAcquisitionsIsRejected() throws Exception {
        List<Lease> taken = new ArrayList<>();
        store.beforeWrite = () -> {
            store.beforeWrite = () -> {};
            try {
                taken.add(second.acquire());
            } catch (IOException | InterruptedException exception) {
                throw new AssertionError(exception);
            }
        };
        first.onSleep = () -> taken.forEach(LeaseTest::renew);
        assertThatThrownBy(first::acquire)
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 2 on desk");
        taken.get(0).renewIfDue();
    }

    @Test
    void leaseIsRenewedEveryFifteenSecondsAndAfterTheClockWasSetBack() throws Exception {
        Lease held = first.acquire();
        String initial = store.texts.get(FILE);
        clock.advance(Duration.ofSeconds(14));
        held.renewIfDue();
        assertThat(store.texts).containsEntry(FILE, initial);
        clock.advance(Duration.ofSeconds(1));
        held.renewIfDue();
        assertThat(store.texts.get(FILE)).contains("\"renewed\" : \"2026-11-21T03:45:27Z\"");
        clock.advance(Duration.ofHours(-1));
        held.renewIfDue();
        assertThat(store.texts.get(FILE)).contains("\"renewed\" : \"2026-11-21T02:45:27Z\"");
    }

    @Test
    void leaseTakenOverDuringARenewalIsLost() throws Exception {
        Lease held = first.acquire();
        clock.advance(Duration.ofSeconds(15));
        store.beforeWrite = () ->
                store.put(FILE, store.texts.get(FILE).replace("laptop", "desk").replace("bb1a", "0000"));
        assertThatThrownBy(held::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 1 on desk");
    }

    @Test
    void removedLeaseIsLostAndNotReleased() throws Exception {
        Lease held = first.acquire();
        clock.advance(Duration.ofMinutes(1));
        store.texts.clear();
        assertThatThrownBy(held::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessageStartingWith("Lost the lock on run r, which this process did not renew in time:"
                        + " s3://mine/runs/r/lease.json was removed.");
        held.close();
        assertThat(store.texts).isEmpty();
    }

    @Test
    void lostLeaseIsNotReleased() throws Exception {
        Lease lost = first.acquire();
        second.acquire();
        String newLease = store.texts.get(FILE);
        lost.close();
        assertThat(store.texts).containsEntry(FILE, newLease);
    }

    @Test
    void invalidLeaseIsReportedWithItsUri() {
        store.put(FILE, "{}");
        assertThatThrownBy(first::acquire)
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith("s3://mine/runs/r/lease.json is not a valid lease: ")
                .hasMessageEndingWith(". Remove it if no other process is working on the run.");
    }

    @Test
    void journalIsNotWrittenOnceTheLeaseIsLost() throws Exception {
        Lease lost = first.acquire();
        Event event = new Event.AttemptStarted(FakeClock.START, new AttemptId(Plans.name("words"), 1));
        try (Journal journal =
                new SharedJournals(store, LeaseTest::uri).guardedBy(lost).open(RUN)) {
            journal.append(List.of(event));
            second.acquire();
            assertThatThrownBy(() -> journal.append(List.of(event))).hasMessage(LOST_TO_SECOND);
            assertThat(journal.events()).containsExactly(event);
        }
        assertThat(store.texts.keySet()).containsExactly("runs/r/events/00000001.jsonl", FILE);
    }

    @Test
    void renewerRenewsWhileTheHolderIsBusyAndStopsWhenTheLeaseIsLost() throws Exception {
        Lease held = first.acquire();
        int[] rounds = {0};
        Thread[] renewalThread = new Thread[1];
        first.onSleep = () -> {
            renewalThread[0] = Thread.currentThread();
            if (++rounds[0] == 7) {
                store.texts.clear();
            }
        };
        CountDownLatch started = new CountDownLatch(1);
        LeaseWaiter waiter = new LeaseWaiter() {
            @Override
            public void sleep(Duration duration) {
                first.sleep(duration);
                started.countDown();
            }

            @Override
            public void waitingFor(String holder, Duration remaining) {}
        };
        try (LeasedRun leased = LeasedRun.start(held, waiter, new SharedJournals(store, LeaseTest::uri))) {
            started.await();
            renewalThread[0].join();
            assertThat(leased).isNotNull();
        }
        assertThat(rounds[0]).isEqualTo(9);
        assertThatThrownBy(held::renewIfDue).isInstanceOf(RunLockedException.class);
    }
}
