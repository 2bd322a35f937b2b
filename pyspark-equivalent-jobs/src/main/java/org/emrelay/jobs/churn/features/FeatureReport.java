package org.emrelay.jobs.churn.features;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.emrelay.jobs.learning.JsonText;

/** The summary of the features job, as text and as JSON. */
record FeatureReport(CutoffChoice choice, LogSummary log, UserSummary users) {

    FeatureReport {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(users, "users");
    }

    String json() {
        FeatureSettings settings = choice.settings();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("events", log.events());
        report.put("events_before_log_start", log.strayEvents());
        report.put("first_event", log.first().toString());
        report.put("last_event", log.last().toString());
        report.put("cutoff", cutoff());
        report.put("cutoff_reason", choice.reason());
        report.put("window_days", settings.windowDays());
        report.put("history_days", settings.historyDays());
        report.put("trend_days", settings.trendDays());
        report.put("users", users.all());
        report.put("users_with_features", users.eligible());
        report.put("churners", users.churners());
        report.put("left_out", users.excluded());
        report.put("pages", settings.pages());
        report.put("pages_not_seen_before_the_cutoff", log.unknownPages(settings));
        return JsonText.of(report);
    }

    void print() {
        System.out.println(summary());
        System.out.flush();
    }

    String summary() {
        FeatureSettings settings = choice.settings();
        return "Built features for " + users.eligible() + " of " + users.all() + " users as of " + cutoff() + " ("
                + choice.reason()
                + "); " + users.churners() + " of them churn within the next " + settings.windowDays() + " days."
                + excluded() + unknownPages() + strayEventNotice(log);
    }

    String excluded() {
        return users.excluded().isEmpty() ? "" : " Excluded: " + list(users.excluded()) + ".";
    }

    private String unknownPages() {
        SortedMap<String, Long> unknown = log.unknownPages(choice.settings());
        return unknown.isEmpty() ? "" : " Pages without a feature, first seen after the cutoff: " + list(unknown) + ".";
    }

    /** Returns the notice about events with wrong timestamps; empty if there are none. */
    static String strayEventNotice(LogSummary log) {
        return log.strayEvents() == 0
                ? ""
                : " Ignored " + log.strayEvents()
                        + " events more than 30 days before all others (wrong clocks); the log starts on "
                        + LocalDate.ofInstant(log.first(), ZoneOffset.UTC) + ".";
    }

    private String cutoff() {
        if (choice.settings().cutoff() instanceof Cutoff.At at) {
            return LocalDate.ofInstant(at.instant(), ZoneOffset.UTC).toString();
        }
        return choice.settings().cutoff() instanceof Cutoff.AfterRegistration after
                ? "registration + " + after.days() + " days"
                : "";
    }

    static String list(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }
}
