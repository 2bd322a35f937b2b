package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a job says to its user is shown in its own words, wherever it was thrown and whoever printed it. */
final class UserFaultTest {

    @Test
    void aSentenceThrownFromMainIsShownWithoutItsClass() {
        assertThat(SampleLog.cause("user-fault.log"))
                .contains(new Cause(
                        "--year-column: file:/home/ada/books.csv has no column 'yer'. Its columns: title, year. Did you mean 'year'?",
                        3,
                        3,
                        ""));
    }

    @Test
    void itNeedsNoHintOfOursInTheDriversLogOnTheCluster() {
        assertThat(SampleLog.cause("user-fault-on-yarn.log"))
                .contains(new Cause(
                        "--titles: s3://ada-titles/input/books.csv: Path does not exist. Give one that does.",
                        3,
                        3,
                        ""));
    }

    @Test
    void theReportOfTheClientQuotesIt() {
        assertThat(SampleLog.cause("user-fault-client-report.log"))
                .contains(new Cause("--max-words: 'many' is no number.", 3, 3, ""));
    }

    @Test
    void oneThatATaskThrewIsFoundBehindWhatWrapsIt() {
        assertThat(SampleLog.cause("user-fault-in-task.log"))
                .contains(new Cause(
                        "--weight-column: row 7 of books.csv has the weight 'many', which is no number.", 4, 4, ""));
    }
}
