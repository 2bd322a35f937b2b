package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;

/** The users of whom it is open whether they cancel, described in the way of those learnt from, and why others of the log are left out. */
public final class CurrentUsers {
    private final FeatureSettings settings;
    private final LogCensus log;
    private final Dataset<Row> users;
    private final SortedMap<String, Long> leftOut;
    private final long all;

    private CurrentUsers(
            FeatureSettings settings, LogCensus log, Dataset<Row> users, SortedMap<String, Long> leftOut, long all) {
        this.settings = settings;
        this.log = log;
        this.users = users;
        this.leftOut = leftOut;
        this.all = all;
    }

    /** Looks at cleaned events; a log with nobody of whom anything can be said is refused. */
    public static CurrentUsers of(String flag, InputTable events, FeatureSettings learntWith) {
        LogCensus log = LogCensus.of(events.rows());
        if (log.isEmpty()) {
            throw new UserFault(flag + ": " + events.uri() + " holds no event.");
        }
        // So many days after the registration is a moment that every user has; a date is that of the log learnt from.
        FeatureSettings settings =
                learntWith.cutoff() instanceof Cutoff.At ? learntWith.at(Utc.instant(log.end())) : learntWith;
        Dataset<Row> users = UserTable.current(events.rows(), settings, log).cache();
        SortedMap<String, Long> leftOut = new TreeMap<>();
        long all = 0;
        for (Row row : users.groupBy(col(UserPass.REASON)).count().collectAsList()) {
            all += row.getLong(1);
            if (!row.isNullAt(0)) {
                leftOut.put(row.getString(0), row.getLong(1));
            }
        }
        CurrentUsers current = new CurrentUsers(settings, log, users, leftOut, all);
        if (leftOut.values().stream().mapToLong(Long::longValue).sum() == all) {
            throw new UserFault(flag + ": none of the " + all + " users of " + events.uri() + " can be scored."
                    + current.leftOut());
        }
        return current;
    }

    /** A row a user, without a label. */
    public Dataset<Row> features() {
        return UserFeatures.kept(users).drop(UserFeatures.LABEL);
    }

    /** For programs. */
    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        if (settings.cutoff() instanceof Cutoff.At at) {
            report.put("as_of", at.moment().toString());
        } else if (settings.cutoff() instanceof Cutoff.AfterRegistration after) {
            report.put("days_after_registration", after.days());
        }
        report.put("window_days", settings.windowDays());
        report.put("history_days", settings.historyDays());
        report.put("log_days", logDays());
        report.put("log_shorter_than_history", isShort());
        report.put("events_long_before_the_log", log.strays());
        report.put("users", all);
        report.put("left_out", leftOut);
        report.put("unknown_pages", log.unseenPages(settings));
        return report;
    }

    /** For people: what is not as it should be, each in a sentence with a space before it. */
    public String sentences() {
        return leftOut() + unknownPages() + FeatureReport.strays(log) + shortness();
    }

    private String unknownPages() {
        SortedMap<String, Long> unknown = log.unseenPages(settings);
        return unknown.isEmpty()
                ? ""
                : " On pages that the models do not know, where it counts only that somebody was there: "
                        + FeatureReport.list(unknown) + ".";
    }

    private String shortness() {
        return isShort()
                ? " The log lasts " + logDays() + " days, and the models have learnt from " + settings.historyDays()
                        + " days of each user: what is counted over all of them is lower here, and chances are less sure."
                : "";
    }

    /** By more than a day, which is how much a log's first and last day may lack. Who has days of the own has all of them. */
    private boolean isShort() {
        return settings.cutoff() instanceof Cutoff.At && settings.historyDays() - logDays() > 1;
    }

    /** To a tenth. */
    private double logDays() {
        return Math.round(10 * Utc.days(log.end() - Utc.micros(log.first()))) / 10.0;
    }

    private String leftOut() {
        return leftOut.isEmpty() ? "" : " Left out: " + FeatureReport.list(leftOut) + ".";
    }
}
