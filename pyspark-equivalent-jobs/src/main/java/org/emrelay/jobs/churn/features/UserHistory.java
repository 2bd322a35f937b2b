package org.emrelay.jobs.churn.features;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The history of a user within the observation window, built from events in chronological order.
 *
 * <p>It rejects events at or after the cutoff.
 */
final class UserHistory {
    final PageCounts pages;
    final Sessions sessions = new Sessions();
    final LevelDurations levels = new LevelDurations();
    final ActivityHours activityHours = new ActivityHours();
    final ModeCounter systems = new ModeCounter();
    final ModeCounter platforms = new ModeCounter();
    private final long cutoff;
    private final long start;
    private final long recentStart;
    private final int trendDays;
    private final List<Integer> statuses;
    private final long[] statusCounts;
    private final Set<Long> artists = new HashSet<>();
    private final Set<Long> songs = new HashSet<>();
    private @Nullable Long registration;
    private @Nullable String gender;
    private @Nullable String region;
    private long first;
    private long last;
    private long events;
    private long recentEvents;
    private long activeDays;
    private double playedSeconds;
    private long playedSongs;

    UserHistory(long cutoff, FeatureSettings settings) {
        this.cutoff = cutoff;
        start = cutoff - settings.historyDays() * Utc.DAY;
        trendDays = settings.trendDays();
        recentStart = cutoff - trendDays * Utc.DAY;
        pages = new PageCounts(settings.pages());
        statuses = settings.statuses();
        statusCounts = new long[statuses.size()];
    }

    /** Returns whether the time is within the observation window. */
    boolean covers(long micros) {
        return start <= micros && micros < cutoff;
    }

    void add(Event event) {
        if (!covers(event.micros())) {
            throw new IllegalArgumentException("the event is outside the observation window");
        }
        if (!event.isFeatureEvent()) {
            return;
        }
        boolean isRecent = event.micros() >= recentStart;
        addTime(event.micros(), isRecent);
        addSong(event);
        addStatus(event.status());
        if (event.hasKnownPage()) {
            pages.add(event.page(), isRecent);
        }
        sessions.add(event.session(), event.micros());
        levels.add(event.level(), event.micros());
        systems.add(event.system());
        platforms.add(event.platform());
        gender = event.gender() == null ? gender : event.gender();
        region = event.region() == null ? region : event.region();
        Long registered = event.registration();
        if (registered != null) {
            registration = registration == null ? registered : Math.min(registration, registered);
        }
    }

    private void addTime(long micros, boolean isRecent) {
        if (events == 0) {
            first = micros;
        }
        if (events == 0 || Utc.day(micros) != Utc.day(last)) {
            activeDays++;
        }
        last = micros;
        events++;
        recentEvents += isRecent ? 1 : 0;
        activityHours.add(micros);
    }

    private void addSong(Event event) {
        if (event.artist() != null) {
            artists.add(event.artist());
        }
        if (event.song() != null) {
            songs.add(event.song());
        }
        if (event.length() != null) {
            playedSeconds += event.length();
            playedSongs++;
        }
    }

    private void addStatus(@Nullable Integer status) {
        int index = status == null ? -1 : statuses.indexOf(status);
        if (index >= 0) {
            statusCounts[index]++;
        }
    }

    boolean isEmpty() {
        return events == 0;
    }

    long cutoff() {
        return cutoff;
    }

    long recentStart() {
        return recentStart;
    }

    @Nullable
    String gender() {
        return gender;
    }

    @Nullable
    String region() {
        return region;
    }

    long events() {
        return events;
    }

    long recentEvents() {
        return recentEvents;
    }

    long status(int index) {
        return statusCounts[index];
    }

    int distinctArtists() {
        return artists.size();
    }

    int distinctSongs() {
        return songs.size();
    }

    /** Returns NaN (unknown) without a song. */
    double songSeconds() {
        return playedSongs == 0 ? Double.NaN : playedSeconds / playedSongs;
    }

    /**
     * Returns the start of the observation: the registration or the start of the observation window.
     *
     * <p>A week between registration and first event counts as a week without events. Without a known registration
     * it is the first event.
     */
    private long observedFrom() {
        return registration == null || registration > first ? first : Math.max(start, registration);
    }

    /** Returns the days from the start of the observation to the cutoff. */
    double daysObserved() {
        return Utc.days(cutoff - observedFrom());
    }

    /**
     * Returns the denominator of rates: at least one day, so one event a minute before the cutoff is not 1,440 per
     * day.
     */
    double rateDays() {
        return Math.max(1, daysObserved());
    }

    double activeDaysShare() {
        return activeDays / (double) (Utc.day(cutoff - 1) - Utc.day(observedFrom()) + 1);
    }

    double daysSinceLastEvent() {
        return Utc.days(cutoff - last);
    }

    /** Returns NaN (unknown) without a registration, and 0 if it is after the cutoff. */
    double accountAgeDays() {
        return registration == null ? Double.NaN : Math.max(0, Utc.days(cutoff - registration));
    }

    Trend trend() {
        return Trend.of(daysObserved(), trendDays);
    }
}
