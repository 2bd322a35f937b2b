package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserHistoryTest {
    private static final Offset<Double> TOLERANCE = within(1e-9);
    private static final long HOUR = Utc.DAY / 24;
    private static final long CUTOFF = 20 * Utc.DAY;
    private static final long REGISTRATION = 10 * Utc.DAY;
    private static final int HOME = 1;
    private static final int SONG = 2;
    private static final int ADVERT = 3;
    private static final int DISLIKE = 4;
    private static final int LIKE = 5;
    private static final FeatureSettings SETTINGS = new FeatureSettings(
            new Cutoff.At(Utc.instant(CUTOFF)),
            7,
            19,
            5,
            List.of("Home", "NextSong", "Roll Advert", "Thumbs Down", "Thumbs Up"),
            List.of(200, 404));

    @Test
    void computesRatesSessionsAndRatios() {
        Map<String, @Nullable Object> features = features(
                event(10 * Utc.DAY, 1, HOME),
                song(10 * Utc.DAY + HOUR, 1, "a", "s"),
                song(10 * Utc.DAY + 2 * HOUR, 1, "a", "t"),
                event(10 * Utc.DAY + 2 * HOUR, 1, DISLIKE),
                song(18 * Utc.DAY, 2, "a", "s"),
                event(18 * Utc.DAY + HOUR, 2, LIKE),
                event(18 * Utc.DAY + HOUR, 2, ADVERT));

        assertThat(features)
                .containsEntry("days_observed", 10.0)
                .containsEntry("events_per_day", 0.7)
                .containsEntry("sessions_per_day", 0.2)
                .containsEntry("session_minutes", 90.0)
                .containsEntry("hours_between_sessions", 8 * 24 - 2.0)
                .containsEntry("items_per_session", 3.5)
                .containsEntry("songs_per_session", 1.5)
                .containsEntry("song_seconds", 200.0)
                .containsEntry("distinct_artists", 1.0)
                .containsEntry("distinct_songs", 2.0)
                .containsEntry("adverts_per_song", 1 / 3.0)
                .containsEntry("thumbs_down_share", 0.5)
                .containsEntry("thumbs_up_per_song", 1 / 3.0)
                .containsEntry("page_next_song_rate", 0.3)
                .containsEntry("status_200_count", 7.0)
                .containsEntry("status_404_count", 0.0)
                .containsEntry("active_days_share", 0.2)
                .containsEntry("account_age_days", 10.0)
                .containsEntry("gender", "F");
        assertThat((Double) features.get("days_since_last_event")).isEqualTo(2 - 1 / 24.0, TOLERANCE);
    }

    @Test
    void comparesRecentWithEarlierDays() {
        Map<String, @Nullable Object> features = features(
                song(10 * Utc.DAY, 1, "a", "s"),
                event(10 * Utc.DAY + 1, 1, DISLIKE),
                song(15 * Utc.DAY, 2, "a", "s"),
                song(16 * Utc.DAY, 3, "a", "s"),
                song(17 * Utc.DAY, 4, "a", "s"),
                event(17 * Utc.DAY + HOUR, 4, LIKE));

        assertThat(features)
                .containsEntry("recent_songs_per_day", 0.6)
                .containsEntry("recent_sessions_per_day", 0.6)
                .containsEntry("adverts_change", 0.0)
                .containsEntry("thumbs_down_share_change", -1.0)
                .containsEntry("session_minutes_change", 20 - 1 / 60_000_000.0);
        assertThat((Double) features.get("songs_change")).isEqualTo(0.5, TOLERANCE);
    }

    @Test
    void hasNoTrendForNewUsers() {
        assertThat(features(
                        registered(song(16 * Utc.DAY, 1, "a", "s"), 16 * Utc.DAY),
                        registered(song(19 * Utc.DAY, 2, "a", "s"), 16 * Utc.DAY)))
                .containsEntry("songs_change", 0.0)
                .containsEntry("recent_songs_per_day", 0.5)
                .containsEntry("thumbs_down_share_change", 0.0)
                .containsEntry("session_minutes_change", 0.0);
    }

    @Test
    void observesAUserFromTheRegistrationOrTheStartOfTheWindow() {
        Event event = event(18 * Utc.DAY, 1, HOME);

        assertThat(features(registered(event, 10 * Utc.DAY)))
                .containsEntry("days_observed", 10.0)
                .containsEntry("events_per_day", 0.1)
                .containsEntry("active_days_share", 0.1)
                .containsEntry("recent_events_per_day", 0.2)
                .containsEntry("events_change", 1.0);
        assertThat(features(registered(event, -90 * Utc.DAY)))
                .containsEntry("days_observed", 19.0)
                .containsEntry("account_age_days", 110.0);
    }

    @Test
    void observesAUserFromTheFirstEventWithoutAKnownRegistration() {
        Event event = event(10 * Utc.DAY, 1, HOME);

        for (Long registration : new Long[] {null, 11 * Utc.DAY}) {
            assertThat(features(registered(event, registration)))
                    .containsEntry("days_observed", 10.0)
                    .containsEntry("active_days_share", 0.1);
        }
    }

    @Test
    void aUserWithOneEventHasSensibleFeatures() {
        Map<String, @Nullable Object> features =
                features(registered(event(CUTOFF - 60_000_000, 1, HOME), CUTOFF - 60_000_000));

        assertThat(features)
                .containsEntry("events_per_day", 1.0)
                .containsEntry("session_minutes", 0.0)
                .containsEntry("hours_between_sessions", 0.0)
                .containsEntry("adverts_per_song", 0.0)
                .containsEntry("thumbs_down_share", 0.0)
                .containsEntry("active_days_share", 1.0)
                .containsEntry("paid_time_share", 1.0)
                .containsEntry("song_seconds", null);
        assertThat(features.values()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }

    @Test
    void ratiosWithoutSongsAreUnknown() {
        assertThat(features(event(10 * Utc.DAY, 1, ADVERT), event(11 * Utc.DAY, 1, DISLIKE)))
                .containsEntry("adverts_per_song", null)
                .containsEntry("thumbs_down_per_song", null)
                .containsEntry("thumbs_up_per_song", 0.0)
                .containsEntry("thumbs_down_share", 1.0);
    }

    @Test
    void computesTheLevelAtTheCutoffAndItsShareOfTime() {
        Event free = event(10 * Utc.DAY, 1, HOME);
        Event paid = event(13 * Utc.DAY, 2, HOME);

        assertThat(features(level(free, "free"), level(paid, "paid"), level(event(14 * Utc.DAY, 2, HOME), "paid")))
                .containsEntry("level", "paid")
                .containsEntry("level_time_share", 0.7)
                .containsEntry("paid_time_share", 0.7)
                .containsEntry("level_changes", 1.0);
        assertThat(features(level(free, "paid"), level(paid, "free")))
                .containsEntry("level", "free")
                .containsEntry("level_time_share", 0.7)
                .containsEntry("paid_time_share", 0.3);
    }

    @Test
    void clampsAndOmitsTheAccountAge() {
        Event event = event(10 * Utc.DAY, 1, HOME);

        assertThat(features(registered(event, 11 * Utc.DAY))).containsEntry("account_age_days", 9.0);
        assertThat(features(registered(event, CUTOFF + 1))).containsEntry("account_age_days", 0.0);
        assertThat(features(registered(event, null))).containsEntry("account_age_days", null);
    }

    @Test
    void usesTheMostFrequentSystemAndBreaksTiesAlphabetically() {
        Event event = event(10 * Utc.DAY, 1, HOME);

        assertThat(features(system(event, "Z"), system(event, "M"), system(event, "M")))
                .containsEntry("system", "M");
        assertThat(features(system(event, "Z"), system(event, null), system(event, "B"), system(event, null)))
                .containsEntry("system", "B");
        assertThat(features(system(event, null))).containsEntry("system", null);
    }

    @Test
    void givesPagesWithSimilarNamesSeparateFeatures() {
        FeatureSettings settings = new FeatureSettings(
                SETTINGS.cutoff(), 7, 19, 5, List.of("Add Friend", "AddFriend", "NextSong"), List.of());

        assertThat(new FeatureColumns(settings).fields())
                .extracting(field -> field.name())
                .contains("page_add_friend_rate", "page_add_friend_2_rate", "page_next_song_rate")
                .doesNotHaveDuplicates();
    }

    @Test
    void rejectsEventsOutsideTheObservationWindow() {
        for (long moment : new long[] {CUTOFF, CUTOFF - 19 * Utc.DAY - 1}) {
            assertThatThrownBy(() -> new UserHistory(CUTOFF, SETTINGS).add(event(moment, 1, HOME)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the event is outside the observation window");
        }
    }

    private static Map<String, @Nullable Object> features(Event... events) {
        UserHistory history = new UserHistory(CUTOFF, SETTINGS);
        List.of(events).forEach(history::add);
        FeatureColumns columns = new FeatureColumns(SETTINGS);
        List<@Nullable Object> values = new ArrayList<>(columns.values(history));
        Map<String, @Nullable Object> features = new LinkedHashMap<>();
        columns.fields().forEach(field -> features.put(field.name(), values.get(features.size())));
        return features;
    }

    private static Event event(long micros, long session, int page) {
        return new Event(
                micros, session, page, 200, REGISTRATION, "paid", "F", "OH", "Linux", "Linux", null, null, null);
    }

    private static Event song(long micros, long session, String artist, String song) {
        return new Event(
                micros,
                session,
                SONG,
                200,
                REGISTRATION,
                "paid",
                "F",
                "OH",
                "Linux",
                "Linux",
                (long) artist.hashCode(),
                (long) song.hashCode(),
                200.0);
    }

    private static Event level(Event event, String level) {
        return changed(event, event.registration(), level, event.system());
    }

    private static Event registered(Event event, @Nullable Long registration) {
        return changed(event, registration, event.level(), event.system());
    }

    private static Event system(Event event, @Nullable String system) {
        return changed(event, event.registration(), event.level(), system);
    }

    private static Event changed(
            Event event, @Nullable Long registration, @Nullable String level, @Nullable String system) {
        return new Event(
                event.micros(),
                event.session(),
                event.page(),
                event.status(),
                registration,
                level,
                event.gender(),
                event.region(),
                system,
                event.platform(),
                event.artist(),
                event.song(),
                event.length());
    }
}
