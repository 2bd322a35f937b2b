package org.emrelay.jobs.churn.features;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.emrelay.jobs.learning.JsonText;

/** What the job says of the users it described, to people and to programs. */
record FeatureReport(CutoffChoice choice, LogCensus log, UserCensus users) {

    FeatureReport {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(users, "users");
    }

    String json() {
        FeatureSettings settings = choice.settings();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("events", log.events());
        report.put("events_long_before_the_log", log.strays());
        report.put("first_event", log.first().toString());
        report.put("last_event", log.last().toString());
        report.put("cutoff", cutoff());
        report.put("cutoff_because", choice.why());
        report.put("window_days", settings.windowDays());
        report.put("history_days", settings.historyDays());
        report.put("trend_days", settings.trendDays());
        report.put("users", users.all());
        report.put("users_with_features", users.kept());
        report.put("churners", users.churners());
        report.put("left_out", users.leftOut());
        report.put("pages", settings.pages());
        report.put("pages_not_seen_before_the_cutoff", log.unseenPages(settings));
        return JsonText.of(report);
    }

    void print() {
        System.out.println(sentence());
        System.out.flush();
    }

    String sentence() {
        FeatureSettings settings = choice.settings();
        return "Features of " + users.kept() + " of " + users.all() + " users as of " + cutoff() + " (" + choice.why()
                + "); " + users.churners() + " of them cancel within the next " + settings.windowDays() + " days."
                + leftOut() + unseen() + strays(log);
    }

    String leftOut() {
        return users.leftOut().isEmpty() ? "" : " Left out: " + list(users.leftOut()) + ".";
    }

    private String unseen() {
        SortedMap<String, Long> unseen = log.unseenPages(choice.settings());
        return unseen.isEmpty() ? "" : " Without a column, as not seen before the cutoff: " + list(unseen) + ".";
    }

    /** Empty where there are none. */
    static String strays(LogCensus log) {
        return log.strays() == 0
                ? ""
                : " Passed over as of wrong clocks, being from more than 30 days before all others: " + log.strays()
                        + " of the events; the log begins on " + LocalDate.ofInstant(log.first(), ZoneOffset.UTC) + ".";
    }

    private String cutoff() {
        if (choice.settings().cutoff() instanceof Cutoff.At at) {
            return LocalDate.ofInstant(at.moment(), ZoneOffset.UTC).toString();
        }
        return choice.settings().cutoff() instanceof Cutoff.AfterRegistration after
                ? "registration + " + after.days() + " days"
                : "";
    }

    /** For a sentence. */
    static String list(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }
}
