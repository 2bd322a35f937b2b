package org.emrelay.jobs.churn.features;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.emrelay.tables.UserFault;

/**
 * Chooses the cutoff and the label window from the flags or, without them, from the log.
 *
 * @param reason the reason for the choice, for the report
 */
record CutoffChoice(FeatureSettings settings, String reason) {
    private static final int LABEL_WINDOW_DIVISOR = 3;
    private static final int DEFAULT_WINDOW_DAYS = 14;
    private static final int MAX_TREND_DAYS = 14;

    CutoffChoice {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(reason, "reason");
    }

    static CutoffChoice of(FeatureArguments arguments, LogSummary log) {
        if (log.isEmpty()) {
            throw new UserFault(FeatureArguments.EVENTS + ": " + arguments.events() + " contains no events.");
        }
        return arguments
                .daysAfterRegistration()
                .map(days -> afterRegistration(arguments, log, days))
                .orElseGet(() -> byDate(arguments, log));
    }

    private static CutoffChoice afterRegistration(FeatureArguments arguments, LogSummary log, int days) {
        int window = arguments.windowDays().orElse(DEFAULT_WINDOW_DAYS);
        return new CutoffChoice(
                settings(arguments, log, new Cutoff.AfterRegistration(days), window, days),
                FeatureArguments.AFTER_REGISTRATION + " is set");
    }

    private static CutoffChoice byDate(FeatureArguments arguments, LogSummary log) {
        LocalDate firstDay = day(log.first());
        LocalDate lastDay = day(log.last());
        if (firstDay.equals(lastDay)) {
            throw new UserFault(FeatureArguments.EVENTS + ": all events of " + arguments.events() + " are from "
                    + firstDay + "; observation and label windows need at least two days.");
        }
        LocalDate cutoff = arguments.date().orElseGet(() -> lastThird(log));
        if (!cutoff.isAfter(firstDay) || cutoff.isAfter(lastDay)) {
            throw new UserFault(FeatureArguments.CUTOFF + ": the log covers " + firstDay + " to " + lastDay
                    + "; the cutoff must be from " + firstDay.plusDays(1) + " to " + lastDay + ", not " + cutoff + ".");
        }
        Instant instant = cutoff.atStartOfDay(ZoneOffset.UTC).toInstant();
        int maxWindow = wholeDays(Duration.between(instant, log.last()));
        int window = arguments.windowDays().orElse(maxWindow);
        if (window > maxWindow) {
            throw new UserFault(FeatureArguments.WINDOW + ": " + window + " days from " + cutoff
                    + " extend past the last event on " + lastDay
                    + ", so labels would be incomplete; the maximum is " + maxWindow + ".");
        }
        return new CutoffChoice(
                settings(arguments, log, new Cutoff.At(instant), window, log.daysUpTo(instant)),
                arguments.date().isPresent()
                        ? FeatureArguments.CUTOFF + " is set"
                        : "the last third of the log is the label window");
    }

    private static FeatureSettings settings(
            FeatureArguments arguments, LogSummary log, Cutoff cutoff, int window, int historyDays) {
        int trendDays = arguments.trendDays().orElse(Math.max(1, Math.min(MAX_TREND_DAYS, historyDays / 3)));
        return new FeatureSettings(cutoff, window, historyDays, trendDays, log.pages(cutoff), log.statuses(cutoff));
    }

    /** Returns the day that leaves about the last third of the log after it, and at least one day before it. */
    private static LocalDate lastThird(LogSummary log) {
        Duration whole = Duration.between(log.first(), log.last());
        LocalDate day = day(log.last().minus(whole.dividedBy(LABEL_WINDOW_DIVISOR)));
        LocalDate second = day(log.first()).plusDays(1);
        return day.isBefore(second) ? second : day;
    }

    /** Rounds up to whole days, so the last event is included. */
    private static int wholeDays(Duration duration) {
        return (int) duration.toDays() + 1;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
