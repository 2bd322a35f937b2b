package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.churn.features.LogCensus.Kind;
import org.junit.jupiter.api.Test;

class CutoffChoiceTest {
    private static final LogCensus OCTOBER_AND_NOVEMBER = log("2018-10-01T00:00:01Z", "2018-12-01T00:00:02Z");

    @Test
    void leavesTheLastThirdOfTheLogToWatchUnlessTold() {
        CutoffChoice choice = choose(OCTOBER_AND_NOVEMBER);

        assertThat(choice.why()).isEqualTo("the last third of the log is left to watch who cancels");
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
    void takesTheDateThatIsGivenAndWatchesToTheEndOfTheLog() {
        FeatureSettings settings =
                choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20").settings();

        assertThat(settings.cutoff()).isEqualTo(new Cutoff.At(Instant.parse("2018-11-20T00:00:00Z")));
        assertThat(settings.windowDays()).isEqualTo(12);
        assertThat(settings.historyDays()).isEqualTo(50);
        assertThat(settings.trendDays()).isEqualTo(14);
    }

    @Test
    void countsFromRegistrationWhereAsked() {
        FeatureSettings settings =
                choose(OCTOBER_AND_NOVEMBER, "--after-registration", "30").settings();

        assertThat(settings.cutoff()).isEqualTo(new Cutoff.AfterRegistration(30));
        assertThat(settings.windowDays()).isEqualTo(14);
        assertThat(settings.historyDays()).isEqualTo(30);
        assertThat(settings.trendDays()).isEqualTo(10);
    }

    @Test
    void makesColumnsOnlyOfPagesSeenBeforeTheCutoff() {
        LogCensus log = LogCensus.of(List.of(
                kind("Home", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z"),
                kind("Help", "2018-10-04T00:00:00Z", "2018-10-09T00:00:00Z"),
                kind("Cancel", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z"),
                kind("Cancellation Confirmation", "2018-10-01T00:00:00Z", "2018-10-09T00:00:00Z")));
        FeatureSettings settings = choose(log, "--cutoff", "2018-10-04").settings();

        assertThat(settings.pages()).containsExactly("Home");
        assertThat(log.unseenPages(settings)).containsOnlyKeys("Help");
    }

    @Test
    void refusesACutoffWithNothingOnOneSide() {
        for (String day : List.of("2018-10-01", "2018-12-02")) {
            assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", day))
                    .isInstanceOf(UserFault.class)
                    .hasMessage("--cutoff: the log lasts from 2018-10-01 to 2018-12-01; give a day from 2018-10-02 to"
                            + " 2018-12-01, not " + day + ".");
        }
    }

    @Test
    void refusesAWindowThatTheLogDoesNotCover() {
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20", "--window", "13"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--window: 13 days from 2018-11-20 on end after the log, whose last event is of 2018-12-01:"
                        + " who stays cannot be told; give at most 12.");
    }

    @Test
    void refusesALogOfOneDayOrOfNone() {
        assertThatThrownBy(() -> choose(log("2018-10-01T00:00:01Z", "2018-10-01T23:00:00Z")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: all events of log are of 2018-10-01; to look at users and watch them afterwards"
                        + " needs at least two days.");
        assertThatThrownBy(() -> choose(LogCensus.of(List.of())))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: log holds no event.");
    }

    @Test
    void refusesFlagsThatContradictOneAnotherOrAreNoDate() {
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "2018-11-20", "--after-registration", "3"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--cutoff and --after-registration are two ways to say up to when users are looked at;"
                        + " give one of them.");
        assertThatThrownBy(() -> choose(OCTOBER_AND_NOVEMBER, "--cutoff", "20.11.2018"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--cutoff must be a date such as 2018-11-10, not '20.11.2018'.");
    }

    private static CutoffChoice choose(LogCensus log, String... flags) {
        String[] all = new String[flags.length + 4];
        System.arraycopy(new String[] {"--events", "log", "--output", "out"}, 0, all, 0, 4);
        System.arraycopy(flags, 0, all, 4, flags.length);
        return CutoffChoice.of(FeatureArguments.parse(all), log);
    }

    private static LogCensus log(String first, String last) {
        return LogCensus.of(List.of(kind("Home", first, last)));
    }

    private static Kind kind(String page, String first, String last) {
        return new Kind(page, 200, 5, Utc.micros(Instant.parse(first)), Utc.micros(Instant.parse(last)), 0L);
    }
}
