package org.emrelay.jobs.churn.features;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.tables.Flags;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** The command-line arguments of the features job. */
record FeatureArguments(
        String events,
        @Nullable LocalDate givenDate,
        @Nullable Integer givenDaysAfterRegistration,
        @Nullable Integer givenWindowDays,
        @Nullable Integer givenTrendDays,
        String output) {
    static final String EVENTS = "--events";
    static final String CUTOFF = "--cutoff";
    static final String AFTER_REGISTRATION = "--after-registration";
    static final String WINDOW = "--window";
    private static final String TREND = "--trend-days";
    private static final String OUTPUT = "--output";
    private static final List<String> KNOWN = List.of(EVENTS, CUTOFF, AFTER_REGISTRATION, WINDOW, TREND, OUTPUT);

    private static final long MAX_DAYS = 3650;

    FeatureArguments {
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(output, "output");
    }

    static FeatureArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        if (flags.optional(CUTOFF).isPresent()
                && flags.optional(AFTER_REGISTRATION).isPresent()) {
            throw new UserFault(CUTOFF + " and " + AFTER_REGISTRATION + " are mutually exclusive.");
        }
        return new FeatureArguments(
                flags.required(EVENTS),
                date(flags).orElse(null),
                days(flags, AFTER_REGISTRATION).orElse(null),
                days(flags, WINDOW).orElse(null),
                days(flags, TREND).orElse(null),
                flags.required(OUTPUT));
    }

    Optional<LocalDate> date() {
        return Optional.ofNullable(givenDate);
    }

    Optional<Integer> daysAfterRegistration() {
        return Optional.ofNullable(givenDaysAfterRegistration);
    }

    Optional<Integer> windowDays() {
        return Optional.ofNullable(givenWindowDays);
    }

    Optional<Integer> trendDays() {
        return Optional.ofNullable(givenTrendDays);
    }

    private static Optional<LocalDate> date(Flags flags) {
        Optional<String> given = flags.optional(CUTOFF);
        try {
            return given.map(LocalDate::parse);
        } catch (DateTimeParseException notADate) {
            throw new UserFault(CUTOFF + " must be a date such as 2018-11-10, not '" + given.orElse("") + "'.");
        }
    }

    private static Optional<Integer> days(Flags flags, String flag) {
        return flags.optional(flag).map(given -> (int) flags.wholeNumberOr(flag, 1, 1, MAX_DAYS));
    }
}
