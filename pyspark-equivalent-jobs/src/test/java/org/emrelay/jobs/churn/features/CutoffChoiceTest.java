package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.emrelay.jobs.churn.features.LogSummary.EventGroup;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;

class CutoffChoiceTest {
    private static final LogSummary OCTOBER_AND_NOVEMBER = log("2018-10-01T00:00:01Z", "2018-12-01T00:00:02Z");

    @Test
    void usesTheLastThirdOfTheLogAsLabelWindowByDefault() {
        CutoffChoice choice = choose(OCTOBER_AND_NOVEMBER);

        assertThat(choice.reason()).isEqualTo("the last third of the log is the label window");
        assertThat(choice.settings())
                .isEqualTo(new FeatureSettings(
                        new Cutoff.At(Instant.parse("2018-11-10T00:00:00Z")),
                        22,
                        40,
                        13,
                        List.of("Home"),
                        List.of(200)));
    }

    @Test
    void usesTheGivenDateAndALabelWindowToTheEndOfTheLog() {
        FeatureSettings settings =
                choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20").settings();

        assertThat(settings.cutoff()).isEqualTo(new Cutoff.At(Instant.parse("2018-11-20T00:00:00Z")));
        assertThat(settings.windowDays()).isEqualTo(12);
        assertThat(settings.historyDays()).isEqualTo(50);
        assertThat(settings.trendDays()).isEqualTo(14);
    }

    @Test
    void supportsCutoffsRelativeToTheRegistration() {
        FeatureSettings settings =
                choose(OCTOBER_AND_NOVEMBER, "--after-registration", "30").settings();

        assertThat(settings.cutoff()).isEqualTo(new Cutoff.AfterRegistration(30));
        assertThat(settings.windowDays()).isEqualTo(14);
        assertThat(settings.historyDays()).isEqualTo(30);
        assertThat(settings.trendDays()).isEqualTo(10);
    }

    @Test
    void createsFeaturesOnlyForPagesSeenBeforeTheCutoff() {
        LogSummary log = LogSummary.of(List.of(
                group("Home", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z"),
                group("Help", "2018-10-04T00:00:00Z", "2018-10-09T00:00:00Z"),
                group("Cancel", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z"),
                group("Cancellation Confirmation", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z")));
        FeatureSettings settings = choose(log, "--cutoff", "2018-10-04").settings();

        assertThat(settings.pages()).containsExactly("Home");
        assertThat(log.unknownPages(settings)).containsOnlyKeys("Help");
    }

    @Test
    void rejectsACutoffOutsideTheLog() {
        for (String day : List.of("2018-10-01", "2018-12-02")) {
            assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", day))
                    .isInstanceOf(UserFault.class)
                    .hasMessage(
                            "--cutoff: the log covers 2018-10-01 to 2018-12-01; the cutoff must be from 2018-10-02 to"
                                    + " 2018-12-01, not " + day + ".");
        }
    }

    @Test
    void rejectsALabelWindowPastTheEndOfTheLog() {
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20", "--window", "13"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--window: 13 days from 2018-11-20 extend past the last event on 2018-12-01, so labels would"
                                + " be incomplete; the maximum is 12.");
    }

    @Test
    void rejectsAnEmptyOrOneDayLog() {
        assertThatThrownBy(() -> choose(log("2018-10-01T00:00:01Z", "2018-10-01T23:00:00Z")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: all events of log are from 2018-10-01; observation and label windows need at"
                        + " least two days.");
        assertThatThrownBy(() -> choose(LogSummary.of(List.of())))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: log contains no events.");
    }

    @Test
    void rejectsConflictingAndMalformedFlags() {
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20", "--after-registration", "3"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--cutoff and --after-registration are mutually exclusive.");
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "20.11.2018"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--cutoff must be a date such as 2018-11-10, not '20.11.2018'.");
    }

    private static CutoffChoice choose(LogSummary log, String... flags) {
        String[] arguments = new String[flags.length + 4];
        System.arraycopy(new String[] {"--events", "log", "--output", "out"}, 0, arguments, 0, 4);
        System.arraycopy(flags, 0, arguments, 4, flags.length);
        return CutoffChoice.of(FeatureArguments.parse(arguments), log);
    }

    private static LogSummary log(String first, String last) {
        return LogSummary.of(List.of(group("Home", first, last)));
    }

    private static EventGroup group(String page, String first, String last) {
        return new EventGroup(page, 200, 5, Utc.micros(Instant.parse(first)), Utc.micros(Instant.parse(last)), 0L);
    }
}
