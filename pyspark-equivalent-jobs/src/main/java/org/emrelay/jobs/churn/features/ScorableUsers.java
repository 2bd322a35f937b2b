package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * The users of a log that can be scored, with the features of the training data.
 *
 * <p>Users are excluded if they have churned, or if the outcome of their label window is already known.
 */
public final class ScorableUsers {
    private final FeatureSettings settings;
    private final LogSummary log;
    private final Dataset<Row> users;
    private final SortedMap<String, Long> excluded;
    private final long userCount;

    private ScorableUsers(
            FeatureSettings settings,
            LogSummary log,
            Dataset<Row> users,
            SortedMap<String, Long> excluded,
            long userCount) {
        this.settings = settings;
        this.log = log;
        this.users = users;
        this.excluded = excluded;
        this.userCount = userCount;
    }

    /** Selects the users to score; fails if there are none. */
    public static ScorableUsers of(String flag, InputTable events, FeatureSettings trainingSettings) {
        LogSummary log = LogSummary.of(events.rows());
        if (log.isEmpty()) {
            throw new UserFault(flag + ": " + events.uri() + " contains no events.");
        }
        // A cutoff relative to the registration applies as it is; a cutoff date of the training log moves to the
        // end of this log.
        FeatureSettings settings = trainingSettings.cutoff() instanceof Cutoff.At
                ? trainingSettings.at(Utc.instant(log.end()))
                : trainingSettings;
        Dataset<Row> users = UserTable.current(events.rows(), settings, log).cache();
        SortedMap<String, Long> excluded = new TreeMap<>();
        long userCount = 0;
        for (Row row :
                users.groupBy(col(UserRowBuilder.EXCLUSION_REASON)).count().collectAsList()) {
            userCount += row.getLong(1);
            if (!row.isNullAt(0)) {
                excluded.put(row.getString(0), row.getLong(1));
            }
        }
        ScorableUsers scorable = new ScorableUsers(settings, log, users, excluded, userCount);
        if (excluded.values().stream().mapToLong(Long::longValue).sum() == userCount) {
            throw new UserFault(flag + ": none of the " + userCount + " users of " + events.uri() + " can be scored."
                    + scorable.excluded());
        }
        return scorable;
    }

    /** Returns one row of features per user, without a label. */
    public Dataset<Row> features() {
        return UserFeatures.eligible(users).drop(UserFeatures.LABEL);
    }

    /** Returns the machine-readable report. */
    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        if (settings.cutoff() instanceof Cutoff.At at) {
            report.put("as_of", at.instant().toString());
        } else if (settings.cutoff() instanceof Cutoff.AfterRegistration after) {
            report.put("days_after_registration", after.days());
        }
        report.put("window_days", settings.windowDays());
        report.put("history_days", settings.historyDays());
        report.put("log_days", logDays());
        report.put("log_shorter_than_history", isShorterThanHistory());
        report.put("events_before_log_start", log.strayEvents());
        report.put("users", userCount);
        report.put("left_out", excluded);
        report.put("unknown_pages", log.unknownPages(settings));
        return report;
    }

    /** Returns warnings as sentences, each with a leading space. */
    public String notices() {
        return excluded() + unknownPages() + FeatureReport.strayEventNotice(log) + shortLogNotice();
    }

    private String unknownPages() {
        SortedMap<String, Long> unknown = log.unknownPages(settings);
        return unknown.isEmpty()
                ? ""
                : " Pages unknown to the models, counted only as activity: " + FeatureReport.list(unknown) + ".";
    }

    private String shortLogNotice() {
        return isShorterThanHistory()
                ? " The log covers " + logDays() + " days, but the models were trained on " + settings.historyDays()
                        + " days per user: totals are lower here, and probabilities less reliable."
                : "";
    }

    /**
     * Tolerates one day, because the first and last day of a log may be partial. Cutoffs relative to the
     * registration always have the full history.
     */
    private boolean isShorterThanHistory() {
        return settings.cutoff() instanceof Cutoff.At && settings.historyDays() - logDays() > 1;
    }

    /** Rounded to one decimal. */
    private double logDays() {
        return Math.round(10 * Utc.days(log.end() - Utc.micros(log.first()))) / 10.0;
    }

    private String excluded() {
        return excluded.isEmpty() ? "" : " Excluded: " + FeatureReport.list(excluded) + ".";
    }
}
