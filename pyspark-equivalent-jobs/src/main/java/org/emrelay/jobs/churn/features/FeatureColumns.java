package org.emrelay.jobs.churn.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.emrelay.jobs.SnakeCase;
import org.jspecify.annotations.Nullable;

/**
 * The features of a user, computed from the history before the cutoff.
 *
 * <p>Rates are per observed day. 0/0 is 0, and x/0 is unknown (null).
 */
final class FeatureColumns {
    private static final String SONG_PAGE = "NextSong";
    private static final String ADVERT_PAGE = "Roll Advert";
    private static final String LIKE_PAGE = "Thumbs Up";
    private static final String DISLIKE_PAGE = "Thumbs Down";
    private static final String PAID_LEVEL = "paid";

    private final List<StructField> fields = new ArrayList<>();
    private final List<Function<UserHistory, @Nullable Object>> values = new ArrayList<>();

    FeatureColumns(FeatureSettings settings) {
        category("gender", UserHistory::gender);
        category("level", history -> history.levels.current());
        category("system", history -> history.systems.mode());
        category("platform", history -> history.platforms.mode());
        category("region", UserHistory::region);
        addTime();
        addActivity();
        addSongs();
        addTrends();
        addPages(settings.pages());
        for (int index = 0; index < settings.statuses().size(); index++) {
            int fixedIndex = index;
            number("status_" + settings.statuses().get(fixedIndex) + "_count", history -> history.status(fixedIndex));
        }
    }

    List<StructField> fields() {
        return fields;
    }

    List<@Nullable Object> values(UserHistory history) {
        List<@Nullable Object> row = new ArrayList<>();
        values.forEach(value -> row.add(value.apply(history)));
        return row;
    }

    private void addTime() {
        number("account_age_days", UserHistory::accountAgeDays);
        number("days_observed", UserHistory::daysObserved);
        number("days_since_last_event", UserHistory::daysSinceLastEvent);
        number("active_days_share", UserHistory::activeDaysShare);
        number("level_time_share", history -> history.levels.share(history.levels.current(), history.cutoff()));
        number("paid_time_share", history -> history.levels.share(PAID_LEVEL, history.cutoff()));
        number("level_changes", history -> history.levels.changes());
        number("night_share", history -> history.activityHours.share(0, 6));
        number("morning_share", history -> history.activityHours.share(6, 12));
        number("afternoon_share", history -> history.activityHours.share(12, 18));
        number("evening_share", history -> history.activityHours.share(18, 24));
        number("weekend_share", history -> history.activityHours.weekendShare());
    }

    private void addActivity() {
        number("events_per_day", history -> history.events() / history.rateDays());
        number("sessions_per_day", history -> history.sessions.count() / history.rateDays());
        number("session_minutes", history -> history.sessions.meanMinutes());
        number("hours_between_sessions", history -> history.sessions.meanHoursBetween());
        number("items_per_session", history -> SafeRatio.of(history.events(), history.sessions.count()));
    }

    private void addSongs() {
        number("songs_per_session", history -> SafeRatio.of(history.pages.of(SONG_PAGE), history.sessions.count()));
        number("song_seconds", UserHistory::songSeconds);
        number("distinct_artists", UserHistory::distinctArtists);
        number("distinct_songs", UserHistory::distinctSongs);
        number("adverts_per_song", history -> SafeRatio.of(history.pages.of(ADVERT_PAGE), history.pages.of(SONG_PAGE)));
        number("thumbs_up_per_song", history -> SafeRatio.of(history.pages.of(LIKE_PAGE), history.pages.of(SONG_PAGE)));
        number(
                "thumbs_down_per_song",
                history -> SafeRatio.of(history.pages.of(DISLIKE_PAGE), history.pages.of(SONG_PAGE)));
        number(
                "thumbs_down_share",
                history -> SafeRatio.of(
                        history.pages.of(DISLIKE_PAGE), history.pages.of(LIKE_PAGE) + history.pages.of(DISLIKE_PAGE)));
    }

    private void addTrends() {
        trend("events", UserHistory::recentEvents, history -> history.events() - history.recentEvents());
        trend(
                "sessions",
                FeatureColumns::recentSessions,
                history -> history.sessions.count() - recentSessions(history));
        trend("songs", history -> history.pages.recent(SONG_PAGE), history -> history.pages.earlier(SONG_PAGE));
        trend("adverts", history -> history.pages.recent(ADVERT_PAGE), history -> history.pages.earlier(ADVERT_PAGE));
        trend(
                "thumbs_down",
                history -> history.pages.recent(DISLIKE_PAGE),
                history -> history.pages.earlier(DISLIKE_PAGE));
        number("recent_thumbs_down_share", FeatureColumns::recentDislikes);
        number("thumbs_down_share_change", FeatureColumns::dislikesChange);
        number("session_minutes_change", FeatureColumns::sessionMinutesChange);
    }

    private void trend(String name, ToDoubleFunction<UserHistory> recent, ToDoubleFunction<UserHistory> earlier) {
        number("recent_" + name + "_per_day", history -> history.trend().perDay(recent.applyAsDouble(history)));
        number(
                name + "_change",
                history -> history.trend().change(recent.applyAsDouble(history), earlier.applyAsDouble(history)));
    }

    private void addPages(List<String> pages) {
        Set<String> taken = new HashSet<>();
        for (int index = 0; index < pages.size(); index++) {
            int fixedIndex = index;
            String name = "page_" + SnakeCase.of(pages.get(fixedIndex));
            String uniqueName = name;
            for (int suffix = 2; !taken.add(uniqueName); suffix++) {
                uniqueName = name + "_" + suffix;
            }
            number(uniqueName + "_rate", history -> history.pages.at(fixedIndex) / history.rateDays());
        }
    }

    private void number(String name, ToDoubleFunction<UserHistory> value) {
        fields.add(DataTypes.createStructField(name, DataTypes.DoubleType, true));
        values.add(history -> {
            double number = value.applyAsDouble(history);
            return Double.isNaN(number) ? null : number;
        });
    }

    private void category(String name, Function<UserHistory, @Nullable String> value) {
        fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
        values.add(value::apply);
    }

    private static long recentSessions(UserHistory history) {
        return history.sessions.countSince(history.recentStart());
    }

    private static double recentDislikes(UserHistory history) {
        long dislikes = history.pages.recent(DISLIKE_PAGE);
        return SafeRatio.of(dislikes, dislikes + history.pages.recent(LIKE_PAGE));
    }

    /** Returns the change of the thumbs-down share of all thumbs; 0 unless both periods have thumbs. */
    private static double dislikesChange(UserHistory history) {
        long recent = history.pages.recent(DISLIKE_PAGE) + history.pages.recent(LIKE_PAGE);
        long earlier = history.pages.earlier(DISLIKE_PAGE) + history.pages.earlier(LIKE_PAGE);
        return recent == 0 || earlier == 0
                ? 0
                : SafeRatio.of(history.pages.recent(DISLIKE_PAGE), recent)
                        - SafeRatio.of(history.pages.earlier(DISLIKE_PAGE), earlier);
    }

    /** Returns the change in minutes; 0 unless both periods have sessions. */
    private static double sessionMinutesChange(UserHistory history) {
        long recent = recentSessions(history);
        return recent == 0 || recent == history.sessions.count()
                ? 0
                : history.sessions.meanMinutesSince(history.recentStart())
                        - history.sessions.meanMinutesBefore(history.recentStart());
    }
}
