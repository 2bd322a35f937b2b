package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.SnakeCase;

/**
 * The reference implementation of the features, for tests and benchmarks.
 *
 * <p>It uses one groupBy and one join per feature, and a window for the label.
 */
public final class ReferenceFeatures {
    private static final String ORDER = "struct(micros, session_id, item_in_session, page)";
    private static final String BEGIN = "if(coalesce(min(registered) > min(micros), true), min(micros),"
            + " greatest(cutoff - history * day, min(registered)))";
    private static final String OBSERVED = "((cutoff - " + BEGIN + ") / day)";
    private static final String DAYS = "greatest(1, " + OBSERVED + ")";
    private static final String EARLIER_DAYS = "if(" + OBSERVED + " > trend, greatest(1, " + OBSERVED + " - trend), 0)";
    private static final String RECENT_DAYS = "greatest(1, least(trend, " + OBSERVED + "))";

    private final Dataset<Row> events;
    private final Dataset<Row> past;
    private final Dataset<Row> sessions;
    private final FeatureSettings settings;
    private final long cutoff;

    private ReferenceFeatures(Dataset<Row> events, FeatureSettings settings) {
        this.settings = settings;
        cutoff = Utc.micros(((Cutoff.At) settings.cutoff()).instant());
        this.events = events.withColumn("micros", unix_micros(col("ts")))
                .withColumn("registered", unix_micros(col("registration")))
                .cache();
        past = this.events
                .where(col("micros").lt(cutoff))
                .where(col("micros").geq(cutoff - settings.historyDays() * Utc.DAY))
                .where("page not in ('Cancel', 'Cancellation Confirmation') and not auth <=> 'Cancelled'");
        sessions = past.groupBy("user_id", "session_id")
                .agg(expr("min(micros) as first"), expr("max(micros) as last"), expr("min(registered) as registered"))
                .withColumn("minutes", expr("(last - first) / 60000000D"));
    }

    /** Builds the table for a cutoff date. */
    public static Dataset<Row> of(Dataset<Row> events, Instant cutoff, int windowDays, int trendDays) {
        LogSummary log = LogSummary.of(events);
        Cutoff date = new Cutoff.At(cutoff);
        return of(
                events,
                new FeatureSettings(
                        date, windowDays, log.daysUpTo(cutoff), trendDays, log.pages(date), log.statuses(date)));
    }

    static Dataset<Row> of(Dataset<Row> events, FeatureSettings settings) {
        return new ReferenceFeatures(events, settings).table();
    }

    /** Returns each feature of each user as one row of text, without the joins, which are slow. */
    static Dataset<Row> inLines(Dataset<Row> events, FeatureSettings settings) {
        Optional<Dataset<Row>> lines = Optional.empty();
        for (Map.Entry<String, Dataset<Row>> feature :
                new ReferenceFeatures(events, settings).features().entrySet()) {
            Dataset<Row> line = feature.getValue()
                    .select(
                            col("user_id"),
                            lit(feature.getKey()).as("feature"),
                            col("value").cast("string"));
            lines = Optional.of(lines.map(before -> before.unionAll(line)).orElse(line));
        }
        return lines.orElseThrow();
    }

    private Dataset<Row> table() {
        Dataset<Row> users = labelled();
        for (Map.Entry<String, Dataset<Row>> feature : features().entrySet()) {
            users = users.join(feature.getValue().withColumnRenamed("value", feature.getKey()), "user_id", "left");
        }
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("session_minutes_change", 0.0);
        nothing.put("hours_between_sessions", 0.0);
        return users.na().fill(nothing);
    }

    private Dataset<Row> labelled() {
        String churned = "page = 'Cancellation Confirmation' and micros ";
        return events.withColumn("churned_before", over("max(" + churned + "< cutoff) over (partition by user_id)"))
                .withColumn(
                        "label",
                        over("max(double(" + churned + "between cutoff and cutoff + " + settings.windowDays()
                                + " * day - 1)) over (partition by user_id)"))
                .where("not churned_before")
                .select("user_id", "label")
                .distinct()
                .join(past.select("user_id").distinct(), "user_id");
    }

    private Map<String, Dataset<Row>> features() {
        Map<String, Dataset<Row>> features = new LinkedHashMap<>();
        features.put("gender", latest("gender"));
        features.put("level", latest("level"));
        features.put("system", mostFrequent("system"));
        features.put("platform", mostFrequent("platform"));
        features.put("region", latest("region"));
        addTime(features);
        addActivity(features);
        addSongs(features);
        addTrends(features);
        for (String page : settings.pages()) {
            features.put("page_" + SnakeCase.of(page) + "_rate", perUser("count_if(page = '" + page + "') / " + DAYS));
        }
        for (int status : settings.statuses()) {
            features.put("status_" + status + "_count", perUser("double(count_if(status = " + status + "))"));
        }
        return features;
    }

    private void addTime(Map<String, Dataset<Row>> features) {
        features.put(
                "account_age_days",
                perUser("if(min(registered) is null, null, greatest(0, (cutoff - min(registered)) / day))"));
        features.put("days_observed", perUser(OBSERVED));
        features.put("days_since_last_event", perUser("(cutoff - max(micros)) / day"));
        features.put(
                "active_days_share",
                perUser("count(distinct floor(micros / day))" + " / (floor((cutoff - 1) / day) - floor(" + BEGIN
                        + " / day) + 1)"));
        String stay = "sum(lasts)";
        features.put("level_time_share", levels("sum(if(level = final, lasts, 0)) / " + stay));
        features.put("paid_time_share", levels("sum(if(level = 'paid', lasts, 0)) / " + stay));
        features.put("level_changes", levels("double(count_if(level <> before))"));
        String hour = "avg(double(floor(micros / day * 24) % 24 between ";
        features.put("night_share", perUser(hour + "0 and 5))"));
        features.put("morning_share", perUser(hour + "6 and 11))"));
        features.put("afternoon_share", perUser(hour + "12 and 17))"));
        features.put("evening_share", perUser(hour + "18 and 23))"));
        features.put("weekend_share", perUser("avg(double((floor(micros / day) + 3) % 7 >= 5))"));
    }

    private void addActivity(Map<String, Dataset<Row>> features) {
        features.put("events_per_day", perUser("count(1) / " + DAYS));
        features.put("sessions_per_day", perUser("count(distinct session_id) / " + DAYS));
        features.put("session_minutes", perSession("avg(minutes)"));
        features.put("hours_between_sessions", between());
        features.put("items_per_session", perUser("count(1) / count(distinct session_id)"));
        features.put("songs_per_session", perUser("count_if(page = 'NextSong') / count(distinct session_id)"));
    }

    private void addSongs(Map<String, Dataset<Row>> features) {
        features.put("song_seconds", perUser("avg(length)"));
        features.put("distinct_artists", perUser("double(count(distinct artist))"));
        features.put("distinct_songs", perUser("double(count(distinct if(song is null, null, struct(song, artist))))"));
        features.put("adverts_per_song", ratio("page = 'Roll Advert'", "page = 'NextSong'"));
        features.put("thumbs_up_per_song", ratio("page = 'Thumbs Up'", "page = 'NextSong'"));
        features.put("thumbs_down_per_song", ratio("page = 'Thumbs Down'", "page = 'NextSong'"));
        features.put("thumbs_down_share", ratio("page = 'Thumbs Down'", "page like 'Thumbs %'"));
    }

    private void addTrends(Map<String, Dataset<Row>> features) {
        addTrend(features, "events", "true");
        String since = "micros >= cutoff - trend * day";
        features.put(
                "recent_sessions_per_day",
                perUserAndSession("count_if(began >= cutoff - trend * day) / " + RECENT_DAYS));
        features.put(
                "sessions_change",
                change(
                        "count(distinct if(began >= cutoff - trend * day, session_id, null))",
                        "count(distinct if(began < cutoff - trend * day, session_id, null))",
                        withBeginning()));
        addTrend(features, "songs", "page = 'NextSong'");
        addTrend(features, "adverts", "page = 'Roll Advert'");
        addTrend(features, "thumbs_down", "page = 'Thumbs Down'");
        features.put(
                "recent_thumbs_down_share",
                ratio("page = 'Thumbs Down' and " + since, "page like 'Thumbs %' and " + since));
        String recent =
                "count_if(page = 'Thumbs Down' and " + since + ") / count_if(page like 'Thumbs %' and " + since + ")";
        features.put(
                "thumbs_down_share_change",
                perUser("coalesce(" + recent + " - " + recent.replace(">=", "<") + ", 0D)"));
        features.put(
                "session_minutes_change",
                perSession("avg(if(first >= cutoff - trend * day, minutes, null))"
                        + " - avg(if(first < cutoff - trend * day, minutes, null))"));
    }

    private void addTrend(Map<String, Dataset<Row>> features, String what, String which) {
        String since = " and micros >= cutoff - trend * day)";
        features.put("recent_" + what + "_per_day", perUser("count_if(" + which + since + " / " + RECENT_DAYS));
        features.put(
                what + "_change",
                change("count_if(" + which + since, "count_if(" + which + since.replace(">=", "<"), past));
    }

    private Dataset<Row> change(String recent, String earlier, Dataset<Row> rows) {
        String now = "(" + recent + " / " + RECENT_DAYS + ")";
        String then = "(" + earlier + " / nullif(" + EARLIER_DAYS + ", 0))";
        String change = "(" + now + " - " + then + ") / nullif(" + now + " + " + then + ", 0)";
        return rows.groupBy("user_id").agg(over("coalesce(double(" + change + "), 0D) as value"));
    }

    private Dataset<Row> perUser(String value) {
        return past.groupBy("user_id").agg(over("double(" + value + ") as value"));
    }

    private Dataset<Row> perSession(String value) {
        return sessions.groupBy("user_id").agg(over(value + " as value"));
    }

    private Dataset<Row> perUserAndSession(String value) {
        return sessions.selectExpr("user_id", "first as micros", "first as began", "registered")
                .groupBy("user_id")
                .agg(over("double(" + value + ") as value"));
    }

    private Dataset<Row> withBeginning() {
        return past.withColumn("began", expr("min(micros) over (partition by user_id, session_id)"));
    }

    private Dataset<Row> ratio(String part, String whole) {
        return perUser(
                "if(count_if(" + part + ") = 0, 0, count_if(" + part + ") / nullif(count_if(" + whole + "), 0))");
    }

    private Dataset<Row> latest(String column) {
        return past.where(col(column).isNotNull())
                .groupBy("user_id")
                .agg(expr("max_by(" + column + ", " + ORDER + ") as value"));
    }

    private Dataset<Row> mostFrequent(String column) {
        return past.where(col(column).isNotNull())
                .groupBy("user_id", column)
                .count()
                .withColumn(
                        "place", expr("row_number() over (partition by user_id order by count desc, " + column + ")"))
                .where("place = 1")
                .selectExpr("user_id", column + " as value");
    }

    private Dataset<Row> levels(String value) {
        String order = "over (partition by user_id order by micros, session_id, item_in_session, page)";
        return past.where("level is not null")
                .withColumn("lasts", over("coalesce(lead(micros) " + order + ", cutoff) - micros"))
                .withColumn("before", expr("lag(level) " + order))
                .withColumn("final", expr("max_by(level, " + ORDER + ") over (partition by user_id)"))
                .groupBy("user_id")
                .agg(expr(value + " as value"));
    }

    private Dataset<Row> between() {
        String order = "over (partition by user_id order by first, session_id"
                + " rows between unbounded preceding and 1 preceding)";
        return sessions.withColumn("idle", expr("greatest(0, first - max(last) " + order + ")"))
                .groupBy("user_id")
                .agg(expr("sum(if(idle is null, 0, idle)) / 3600000000D / nullif(count(1) - 1, 0) as value"));
    }

    private Column over(String expression) {
        return expr(expression
                .replaceAll("\\bcutoff\\b", cutoff + "L")
                .replaceAll("\\btrend\\b", settings.trendDays() + "L")
                .replaceAll("\\bhistory\\b", settings.historyDays() + "L")
                .replaceAll("\\bday\\b", Utc.DAY + "L"));
    }
}
