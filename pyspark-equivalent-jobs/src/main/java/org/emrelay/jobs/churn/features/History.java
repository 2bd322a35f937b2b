package org.emrelay.jobs.churn.features;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a user before the cutoff, gathered from events in the order of their time; nothing later is ever told to it. */
final class History {
    final PageCounts pages;
    final Sessions sessions = new Sessions();
    final LevelTime levels = new LevelTime();
    final DayParts dayParts = new DayParts();
    final MostFrequent systems = new MostFrequent();
    final MostFrequent platforms = new MostFrequent();
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
    private long played;

    History(long cutoff, FeatureSettings settings) {
        this.cutoff = cutoff;
        start = cutoff - settings.historyDays() * Utc.DAY;
        trendDays = settings.trendDays();
        recentStart = cutoff - trendDays * Utc.DAY;
        pages = new PageCounts(settings.pages());
        statuses = settings.statuses();
        statusCounts = new long[statuses.size()];
    }

    /** Whether that moment is before the cutoff and not so long ago that new users' histories would not reach back to it. */
    boolean covers(long micros) {
        return start <= micros && micros < cutoff;
    }

    void add(Event event) {
        if (!covers(event.micros())) {
            throw new IllegalArgumentException("an event outside of the days before the cutoff is not history");
        }
        if (!event.isUsable()) {
            return;
        }
        boolean isRecent = event.micros() >= recentStart;
        addTime(event.micros(), isRecent);
        addSong(event);
        addStatus(event.status());
        if (event.isOfKnownPage()) {
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
        dayParts.add(micros);
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
            played++;
        }
    }

    private void addStatus(@Nullable Integer status) {
        int place = status == null ? -1 : statuses.indexOf(status);
        if (place >= 0) {
            statusCounts[place]++;
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

    long status(int place) {
        return statusCounts[place];
    }

    int distinctArtists() {
        return artists.size();
    }

    int distinctSongs() {
        return songs.size();
    }

    /** Unknown (NaN) without a song. */
    double songSeconds() {
        return played == 0 ? Double.NaN : playedSeconds / played;
    }

    /**
     * When the user could be there: since the registration, or as far as is looked back; a week before the first event is a
     * week without any. The first event itself where nothing is known of the registration.
     */
    private long begin() {
        return registration == null || registration > first ? first : Math.max(start, registration);
    }

    /** From when the user could be there to the cutoff. */
    double daysObserved() {
        return Utc.days(cutoff - begin());
    }

    /** What rates are divided by: at least a day, so that one event a minute before the cutoff is no thousand a day. */
    double daysForRates() {
        return Math.max(1, daysObserved());
    }

    double activeDaysShare() {
        return activeDays / (double) (Utc.day(cutoff - 1) - Utc.day(begin()) + 1);
    }

    double daysSinceLastEvent() {
        return Utc.days(cutoff - last);
    }

    /** Unknown (NaN) without a registration; 0 where that is said to be after the cutoff. */
    double accountAgeDays() {
        return registration == null ? Double.NaN : Math.max(0, Utc.days(cutoff - registration));
    }

    Trend trend() {
        return Trend.of(daysObserved(), trendDays);
    }
}
