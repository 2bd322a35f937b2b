package org.emrelay.jobs.churn.features;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.random.KeyedRandom;

/** Generates random logs in random order that contain every kind of event and missing value. */
final class RandomEvents {
    static final Instant FIRST = Instant.parse("2018-10-01T00:00:00Z");
    static final int DAYS = 40;
    static final List<String> PAGES = List.of(
            "NextSong",
            "NextSong",
            "NextSong",
            "NextSong",
            "Home",
            "Thumbs Up",
            "Thumbs Down",
            "Roll Advert",
            "Add Friend",
            "Logout",
            "Error");
    private static final int SECONDS_PER_STEP = 1_800;

    private RandomEvents() {}

    static List<TestEvent> of(long seed, int users) {
        List<TestEvent> events = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            KeyedRandom random = new KeyedRandom(seed, 1, user);
            Timestamp registration = random.nextBoolean(10)
                    ? null
                    : Timestamp.from(
                            FIRST.plusSeconds((random.nextBelow(40) - 20) * 86_400L + random.nextBelow(86_400)));
            boolean isChurning = random.nextBoolean(30);
            Instant end = FIRST.plusSeconds(random.nextBelow(DAYS) * 86_400L + 1);
            int count = 1 + random.nextBelow(120);
            for (int item = 0; item < count; item++) {
                // Times are multiples of a step, so events coincide with each other and with the cutoff.
                Instant time =
                        FIRST.plusSeconds((long) random.nextBelow(DAYS * 86_400 / SECONDS_PER_STEP) * SECONDS_PER_STEP);
                if (!isChurning || time.isBefore(end)) {
                    events.add(event("u" + user, time, registration, item, random));
                }
            }
            if (isChurning) {
                TestEvent last =
                        TestEvent.of("u" + user, end.toString(), "Cancel").with(EventLog.REGISTRATION, registration);
                events.add(last);
                events.add(last.with(EventLog.PAGE, "Cancellation Confirmation").with(EventLog.AUTH, "Cancelled"));
            }
        }
        return events;
    }

    private static TestEvent event(String user, Instant time, Timestamp registration, int item, KeyedRandom random) {
        String page = PAGES.get(random.nextBelow(PAGES.size()));
        TestEvent event = page.equals("NextSong")
                ? TestEvent.song(
                        user,
                        time.toString(),
                        "a" + random.nextBelow(20),
                        "s" + random.nextBelow(9),
                        100 + random.nextBelow(300))
                : TestEvent.of(user, time.toString(), page);
        return event.session(time.getEpochSecond() / 86_400)
                .with(EventLog.ITEM, item)
                .with(EventLog.REGISTRATION, random.nextBoolean(20) ? null : registration)
                .with(EventLog.LEVEL, random.nextBoolean(50) ? "paid" : "free")
                .with(EventLog.SYSTEM, "system " + random.nextBelow(3))
                .with(EventLog.PLATFORM, random.nextBoolean(10) ? null : "platform " + random.nextBelow(2))
                .with(EventLog.STATUS, page.equals("Error") ? 404 : 200 + 107 * random.nextBelow(2));
    }
}
