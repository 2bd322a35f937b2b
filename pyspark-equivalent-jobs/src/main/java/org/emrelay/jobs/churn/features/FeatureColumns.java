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

/** The features by name, and how each is read off a user's history: rates are per day observed, nothing divided by nothing is 0, and something by nothing unknown. */
final class FeatureColumns {
    private static final String SONG = "NextSong";
    private static final String ADVERT = "Roll Advert";
    private static final String LIKE = "Thumbs Up";
    private static final String DISLIKE = "Thumbs Down";
    private static final String PAID = "paid";

    private final List<StructField> fields = new ArrayList<>();
    private final List<Function<History, @Nullable Object>> values = new ArrayList<>();

    FeatureColumns(FeatureSettings settings) {
        category("gender", History::gender);
        category("level", history -> history.levels.current());
        category("system", history -> history.systems.name());
        category("platform", history -> history.platforms.name());
        category("region", History::region);
        addTime();
        addActivity();
        addSongs();
        addTrends();
        addPages(settings.pages());
        for (int place = 0; place < settings.statuses().size(); place++) {
            int at = place;
            number("status_" + settings.statuses().get(at) + "_count", history -> history.status(at));
        }
    }

    List<StructField> fields() {
        return fields;
    }

    List<@Nullable Object> values(History history) {
        List<@Nullable Object> row = new ArrayList<>();
        values.forEach(value -> row.add(value.apply(history)));
        return row;
    }

    private void addTime() {
        number("account_age_days", History::accountAgeDays);
        number("days_observed", History::daysObserved);
        number("days_since_last_event", History::daysSinceLastEvent);
        number("active_days_share", History::activeDaysShare);
        number("level_time_share", history -> history.levels.share(history.levels.current(), history.cutoff()));
        number("paid_time_share", history -> history.levels.share(PAID, history.cutoff()));
        number("level_changes", history -> history.levels.changes());
        number("night_share", history -> history.dayParts.share(0, 6));
        number("morning_share", history -> history.dayParts.share(6, 12));
        number("afternoon_share", history -> history.dayParts.share(12, 18));
        number("evening_share", history -> history.dayParts.share(18, 24));
        number("weekend_share", history -> history.dayParts.weekendShare());
    }

    private void addActivity() {
        number("events_per_day", history -> history.events() / history.daysForRates());
        number("sessions_per_day", history -> history.sessions.count() / history.daysForRates());
        number("session_minutes", history -> history.sessions.meanMinutes());
        number("hours_between_sessions", history -> history.sessions.meanHoursBetween());
        number("items_per_session", history -> Ratio.of(history.events(), history.sessions.count()));
    }

    private void addSongs() {
        number("songs_per_session", history -> Ratio.of(history.pages.of(SONG), history.sessions.count()));
        number("song_seconds", History::songSeconds);
        number("distinct_artists", History::distinctArtists);
        number("distinct_songs", History::distinctSongs);
        number("adverts_per_song", history -> Ratio.of(history.pages.of(ADVERT), history.pages.of(SONG)));
        number("thumbs_up_per_song", history -> Ratio.of(history.pages.of(LIKE), history.pages.of(SONG)));
        number("thumbs_down_per_song", history -> Ratio.of(history.pages.of(DISLIKE), history.pages.of(SONG)));
        number(
                "thumbs_down_share",
                history -> Ratio.of(history.pages.of(DISLIKE), history.pages.of(LIKE) + history.pages.of(DISLIKE)));
    }

    private void addTrends() {
        trend("events", History::recentEvents, history -> history.events() - history.recentEvents());
        trend(
                "sessions",
                FeatureColumns::recentSessions,
                history -> history.sessions.count() - recentSessions(history));
        trend("songs", history -> history.pages.recent(SONG), history -> history.pages.earlier(SONG));
        trend("adverts", history -> history.pages.recent(ADVERT), history -> history.pages.earlier(ADVERT));
        trend("thumbs_down", history -> history.pages.recent(DISLIKE), history -> history.pages.earlier(DISLIKE));
        number("recent_thumbs_down_share", FeatureColumns::recentDislikes);
        number("thumbs_down_share_change", FeatureColumns::dislikesChange);
        number("session_minutes_change", FeatureColumns::sessionMinutesChange);
    }

    private void trend(String what, ToDoubleFunction<History> recent, ToDoubleFunction<History> earlier) {
        number("recent_" + what + "_per_day", history -> history.trend().perDay(recent.applyAsDouble(history)));
        number(
                what + "_change",
                history -> history.trend().change(recent.applyAsDouble(history), earlier.applyAsDouble(history)));
    }

    private void addPages(List<String> pages) {
        Set<String> taken = new HashSet<>();
        for (int place = 0; place < pages.size(); place++) {
            int at = place;
            String name = "page_" + SnakeCase.of(pages.get(at));
            String free = name;
            for (int twin = 2; !taken.add(free); twin++) {
                free = name + "_" + twin;
            }
            number(free + "_rate", history -> history.pages.at(at) / history.daysForRates());
        }
    }

    private void number(String name, ToDoubleFunction<History> value) {
        fields.add(DataTypes.createStructField(name, DataTypes.DoubleType, true));
        values.add(history -> {
            double number = value.applyAsDouble(history);
            return Double.isNaN(number) ? null : number;
        });
    }

    private void category(String name, Function<History, @Nullable String> value) {
        fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
        values.add(value::apply);
    }

    private static long recentSessions(History history) {
        return history.sessions.countSince(history.recentStart());
    }

    private static double recentDislikes(History history) {
        long dislikes = history.pages.recent(DISLIKE);
        return Ratio.of(dislikes, dislikes + history.pages.recent(LIKE));
    }

    /** Of the share of thumbs that point down; 0 unless there are some to compare. */
    private static double dislikesChange(History history) {
        long recent = history.pages.recent(DISLIKE) + history.pages.recent(LIKE);
        long earlier = history.pages.earlier(DISLIKE) + history.pages.earlier(LIKE);
        return recent == 0 || earlier == 0
                ? 0
                : Ratio.of(history.pages.recent(DISLIKE), recent) - Ratio.of(history.pages.earlier(DISLIKE), earlier);
    }

    /** In minutes; 0 unless there are sessions to compare. */
    private static double sessionMinutesChange(History history) {
        long recent = recentSessions(history);
        return recent == 0 || recent == history.sessions.count()
                ? 0
                : history.sessions.meanMinutesSince(history.recentStart())
                        - history.sessions.meanMinutesBefore(history.recentStart());
    }
}
