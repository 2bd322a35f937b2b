package org.emrelay.jobs.churn.features;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.emrelay.jobs.UserFault;

/**
 * Up to when users are looked at and for how long they are watched: as the flags say, else as the log suggests.
 *
 * @param why for the report
 */
record CutoffChoice(FeatureSettings settings, String why) {
    private static final int SHARE_WATCHED = 3;
    private static final int DEFAULT_WINDOW = 14;
    private static final int MOST_TREND = 14;

    CutoffChoice {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(why, "why");
    }

    static CutoffChoice of(FeatureArguments arguments, LogCensus log) {
        if (log.isEmpty()) {
            throw new UserFault(FeatureArguments.EVENTS + ": " + arguments.events() + " holds no event.");
        }
        return arguments
                .daysAfterRegistration()
                .map(days -> afterRegistration(arguments, log, days))
                .orElseGet(() -> byDate(arguments, log));
    }

    private static CutoffChoice afterRegistration(FeatureArguments arguments, LogCensus log, int days) {
        int window = arguments.windowDays().orElse(DEFAULT_WINDOW);
        return new CutoffChoice(
                settings(arguments, log, new Cutoff.AfterRegistration(days), window, days),
                FeatureArguments.AFTER_REGISTRATION + " says " + days + " days after each user's registration");
    }

    private static CutoffChoice byDate(FeatureArguments arguments, LogCensus log) {
        LocalDate firstDay = day(log.first());
        LocalDate lastDay = day(log.last());
        if (firstDay.equals(lastDay)) {
            throw new UserFault(FeatureArguments.EVENTS + ": all events of " + arguments.events() + " are of "
                    + firstDay + "; to look at users and watch them afterwards needs at least two days.");
        }
        LocalDate cutoff = arguments.date().orElseGet(() -> lastThird(log));
        if (!cutoff.isAfter(firstDay) || cutoff.isAfter(lastDay)) {
            throw new UserFault(FeatureArguments.CUTOFF + ": the log lasts from " + firstDay + " to " + lastDay
                    + "; give a day from " + firstDay.plusDays(1) + " to " + lastDay + ", not " + cutoff + ".");
        }
        Instant moment = cutoff.atStartOfDay(ZoneOffset.UTC).toInstant();
        int most = wholeDays(Duration.between(moment, log.last()));
        int window = arguments.windowDays().orElse(most);
        if (window > most) {
            throw new UserFault(FeatureArguments.WINDOW + ": " + window + " days from " + cutoff
                    + " on end after the log, whose last event is of " + lastDay
                    + ": who stays cannot be told; give at most " + most + ".");
        }
        return new CutoffChoice(
                settings(arguments, log, new Cutoff.At(moment), window, log.daysUpTo(moment)),
                arguments.date().isPresent()
                        ? FeatureArguments.CUTOFF + " says so"
                        : "the last third of the log is left to watch who cancels");
    }

    private static FeatureSettings settings(
            FeatureArguments arguments, LogCensus log, Cutoff cutoff, int window, int history) {
        int trend = arguments.trendDays().orElse(Math.max(1, Math.min(MOST_TREND, history / 3)));
        return new FeatureSettings(cutoff, window, history, trend, log.pages(cutoff), log.statuses(cutoff));
    }

    /** The day that leaves about the last third behind it, and at least a day on either side. */
    private static LocalDate lastThird(LogCensus log) {
        Duration whole = Duration.between(log.first(), log.last());
        LocalDate day = day(log.last().minus(whole.dividedBy(SHARE_WATCHED)));
        LocalDate second = day(log.first()).plusDays(1);
        return day.isBefore(second) ? second : day;
    }

    /** As many as hold all of it, the last event too. */
    private static int wholeDays(Duration duration) {
        return (int) duration.toDays() + 1;
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
