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
    private static final String IN_THE_HANDS_OF_THE_FIRST =
            "The run r is in the hands of process 1 on laptop (since 2026-11-21T03:45:12Z). Wait until that has ended, or"
                    + " stop it; list_steps shows how far it is.";
    private static final String LOST_TO_THE_SECOND =
            "The run r is in other hands now: process 2 on desk (since 2026-11-21T03:46:12Z) has taken it over, for this"
                    + " process had not been heard of for a while. Nothing more is done from here; list_steps shows how far"
                    + " the run is.";

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final FakeClock clock = new FakeClock();
    private final Person first = new Person(store, "laptop", 1);
    private final Person second = new Person(store, "desk", 2);

    /** Somebody at a machine; the processes that live there are the test's to say. */
    private final class Person implements ProcessLiveness, LeaseWaiting {
        final List<Identity> living = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        final Leases leases;
        Runnable meanwhile = () -> {};
        private final Identity self;

        Person(VersionedStore store, String host, long pid) {
            self = new Identity(host, pid, "tick " + pid);
            living.add(self);
            leases = new Leases(store, LeaseTest::uri, this, clock, new Random(pid), this);
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

        @Override
        public void sleep(Duration duration) {
            clock.advance(duration);
            meanwhile.run();
        }

        @Override
        public void waitingFor(String who, Duration left) {
            told.add(who + ": " + left.toSeconds());
        }

        Lease acquire() throws IOException, InterruptedException {
            return leases.acquire(RUN);
        }
    }

    private static String uri(String path) {
        return "s3://mine/" + path;
    }

    private Person besideTheFirst(long pid) {
        return new Person(store, "laptop", pid);
    }

    @Test
    void itSaysWhoIsAtWork() throws Exception {
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
    void oneThatWasReleasedIsTakenAtOnce() throws Exception {
        first.acquire().close();
        second.acquire();
        assertThat(second.told).isEmpty();
        assertThat(store.texts.get(FILE)).contains("\"host\" : \"desk\"");
    }

    @Test
    void aHolderOnThisMachineThatLivesIsNamedAtOnce() throws Exception {
        first.acquire();
        Person other = besideTheFirst(3);
        other.living.add(first.current());
        assertThatThrownBy(other::acquire)
                .isInstanceOf(RunLockedException.class)
                .hasMessage(IN_THE_HANDS_OF_THE_FIRST);
        assertThat(other.told).isEmpty();
        assertThatThrownBy(first::acquire).isInstanceOf(RunLockedException.class);
    }

    @Test
    void aHolderOnThisMachineThatIsGoneIsFollowedAtOnce() throws Exception {
        first.acquire();
        Person other = besideTheFirst(3);
        other.acquire().renewIfDue();
        assertThat(other.told).isEmpty();
    }

    @Test
    void aHolderElsewhereThatGivesNoSignOfLifeIsWaitedOutForAMinute() throws Exception {
        Lease lost = first.acquire();
        second.acquire().renewIfDue();
        assertThat(second.told).hasSize(12).contains("process 1 on laptop (since 2026-11-21T03:45:12Z): 60");
        assertThat(second.told).last().isEqualTo("process 1 on laptop (since 2026-11-21T03:45:12Z): 5");
        assertThat(Duration.between(FakeClock.START, clock.instant())).isEqualTo(Duration.ofSeconds(60));
        assertThatThrownBy(lost::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessage(LOST_TO_THE_SECOND);
        assertThatThrownBy(lost::renewIfDue).hasMessage(LOST_TO_THE_SECOND);
    }

    @Test
    void aHolderElsewhereThatRenewsIsNamedAsSoonAsThatIsSeen() throws Exception {
        Lease held = first.acquire();
        second.meanwhile = () -> renew(held);
        assertThatThrownBy(second::acquire).hasMessage(IN_THE_HANDS_OF_THE_FIRST);
        assertThat(second.told).hasSize(3);
    }

    private static void renew(Lease lease) {
        try {
            lease.renewIfDue();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Test
    void aHolderElsewhereThatEndsIsFollowedAsSoonAsThatIsSeen() throws Exception {
        Lease held = first.acquire();
        second.meanwhile = held::close;
        second.acquire();
        assertThat(second.told).hasSize(1);
    }

    @Test
    void whatTheOtherMachinesClockSaysDoesNotMatter() throws Exception {
        first.acquire();
        store.put(FILE, store.texts.get(FILE).replace("2026-11", "2031-01"));
        second.acquire();
        assertThat(second.told).hasSize(12);
    }

    @Test
    void ofTwoWhoTakeItTogetherOneIsRefused() throws Exception {
        List<Lease> taken = new ArrayList<>();
        store.beforeWrite = () -> {
            store.beforeWrite = () -> {};
            try {
                taken.add(second.acquire());
            } catch (IOException | InterruptedException exception) {
                throw new AssertionError(exception);
            }
        };
        first.meanwhile = () -> taken.forEach(LeaseTest::renew);
        assertThatThrownBy(first::acquire)
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 2 on desk");
        taken.get(0).renewIfDue();
    }

    @Test
    void itIsRenewedEveryFifteenSecondsAndAfterTheClockWasPutBack() throws Exception {
        Lease held = first.acquire();
        String begin = store.texts.get(FILE);
        clock.advance(Duration.ofSeconds(14));
        held.renewIfDue();
        assertThat(store.texts).containsEntry(FILE, begin);
        clock.advance(Duration.ofSeconds(1));
        held.renewIfDue();
        assertThat(store.texts.get(FILE)).contains("\"renewed\" : \"2026-11-21T03:45:27Z\"");
        clock.advance(Duration.ofHours(-1));
        held.renewIfDue();
        assertThat(store.texts.get(FILE)).contains("\"renewed\" : \"2026-11-21T02:45:27Z\"");
    }

    @Test
    void oneThatIsTakenOverInTheMiddleOfARenewalIsLost() throws Exception {
        Lease held = first.acquire();
        clock.advance(Duration.ofSeconds(15));
        store.beforeWrite = () ->
                store.put(FILE, store.texts.get(FILE).replace("laptop", "desk").replace("bb1a", "0000"));
        assertThatThrownBy(held::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 1 on desk");
    }

    @Test
    void oneThatSomebodyRemovedIsLostAndNotReleased() throws Exception {
        Lease held = first.acquire();
        clock.advance(Duration.ofMinutes(1));
        store.texts.clear();
        assertThatThrownBy(held::renewIfDue)
                .isInstanceOf(RunLockedException.class)
                .hasMessageStartingWith(
                        "The run r is in other hands now: s3://mine/runs/r/lease.json was removed, for this");
        held.close();
        assertThat(store.texts).isEmpty();
    }

    @Test
    void oneThatWasLostIsNotReleasedUnderTheOthersHands() throws Exception {
        Lease lost = first.acquire();
        second.acquire();
        String theirs = store.texts.get(FILE);
        lost.close();
        assertThat(store.texts).containsEntry(FILE, theirs);
    }

    @Test
    void whatIsNoLeaseIsNamedWithItsPlace() {
        store.put(FILE, "{}");
        assertThatThrownBy(first::acquire)
                .isInstanceOf(CorruptRunException.class)
                .hasMessageStartingWith("s3://mine/runs/r/lease.json does not say who is at work on the run: ")
                .hasMessageEndingWith(". Remove it if nobody is.");
    }

    @Test
    void aJournalIsNotWrittenAnyMoreOnceTheLeaseIsLost() throws Exception {
        Lease lost = first.acquire();
        Event event = new Event.AttemptStarted(FakeClock.START, new AttemptId(Plans.name("words"), 1));
        try (Journal journal =
                lost.guard(new SharedJournals(store, LeaseTest::uri)).open(RUN)) {
            journal.append(List.of(event));
            second.acquire();
            assertThatThrownBy(() -> journal.append(List.of(event))).hasMessage(LOST_TO_THE_SECOND);
            assertThat(journal.events()).containsExactly(event);
        }
        assertThat(store.texts.keySet()).containsExactly("runs/r/events/00000001.jsonl", FILE);
    }

    @Test
    void aKeeperRenewsWhileItsHolderIsBusyAndEndsWhenTheLeaseIsLost() throws Exception {
        Lease held = first.acquire();
        int[] rounds = {0};
        Thread[] keeping = new Thread[1];
        first.meanwhile = () -> {
            keeping[0] = Thread.currentThread();
            if (++rounds[0] == 7) {
                store.texts.clear();
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        try (LeaseRenewer keeper = LeaseRenewer.start(held, new LeaseWaiting() {
            @Override
            public void sleep(Duration duration) {
                first.sleep(duration);
                begun.countDown();
            }

            @Override
            public void waitingFor(String who, Duration left) {}
        })) {
            begun.await();
            keeping[0].join();
            assertThat(keeper).isNotNull();
        }
        assertThat(rounds[0]).isEqualTo(9);
        assertThatThrownBy(held::renewIfDue).isInstanceOf(RunLockedException.class);
    }
}
