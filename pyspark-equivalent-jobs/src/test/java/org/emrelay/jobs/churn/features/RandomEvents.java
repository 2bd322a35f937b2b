package org.emrelay.jobs.churn.features;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.churn.clean.EventLog;

/** Logs with everything that a log may have, and in no order. */
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
    private static final int SECONDS_OF_A_STEP = 1_800;

    private RandomEvents() {}

    static List<PlantedEvent> of(long seed, int users) {
        List<PlantedEvent> events = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            Dice dice = new Dice(seed, 1, user);
            Timestamp registration = dice.percent(10)
                    ? null
                    : Timestamp.from(FIRST.plusSeconds((dice.below(40) - 20) * 86_400L + dice.below(86_400)));
            boolean leaves = dice.percent(30);
            Instant end = FIRST.plusSeconds(dice.below(DAYS) * 86_400L + 1);
            int count = 1 + dice.below(120);
            for (int item = 0; item < count; item++) {
                // In steps, so that several events are of one moment, some of which is the cutoff.
                Instant time =
                        FIRST.plusSeconds((long) dice.below(DAYS * 86_400 / SECONDS_OF_A_STEP) * SECONDS_OF_A_STEP);
                if (!leaves || time.isBefore(end)) {
                    events.add(event("u" + user, time, registration, item, dice));
                }
            }
            if (leaves) {
                PlantedEvent last =
                        PlantedEvent.of("u" + user, end.toString(), "Cancel").with(EventLog.REGISTRATION, registration);
                events.add(last);
                events.add(last.with(EventLog.PAGE, "Cancellation Confirmation").with(EventLog.AUTH, "Cancelled"));
            }
        }
        return events;
    }

    private static PlantedEvent event(String user, Instant time, Timestamp registration, int item, Dice dice) {
        String page = PAGES.get(dice.below(PAGES.size()));
        PlantedEvent event = page.equals("NextSong")
                ? PlantedEvent.song(
                        user, time.toString(), "a" + dice.below(20), "s" + dice.below(9), 100 + dice.below(300))
                : PlantedEvent.of(user, time.toString(), page);
        return event.session(time.getEpochSecond() / 86_400)
                .with(EventLog.ITEM, item)
                .with(EventLog.REGISTRATION, dice.percent(20) ? null : registration)
                .with(EventLog.LEVEL, dice.percent(50) ? "paid" : "free")
                .with(EventLog.SYSTEM, "system " + dice.below(3))
                .with(EventLog.PLATFORM, dice.percent(10) ? null : "platform " + dice.below(2))
                .with(EventLog.STATUS, page.equals("Error") ? 404 : 200 + 107 * dice.below(2));
    }
}
