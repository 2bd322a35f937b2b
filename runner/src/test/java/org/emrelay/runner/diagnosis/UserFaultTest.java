package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The message of a UserFault is reported unchanged, wherever it was thrown and printed. */
final class UserFaultTest {

    @Test
    void reportsTheMessageWithoutTheClass() {
        assertThat(SampleLog.cause("user-fault.log"))
                .contains(new Cause(
                        "--year-column: file:/home/ada/books.csv has no column 'yer'. Its columns: title, year. Did you mean 'year'?",
                        3,
                        3,
                        ""));
    }

    @Test
    void addsNoHintInTheDriverLogOfACluster() {
        assertThat(SampleLog.cause("user-fault-on-yarn.log"))
                .contains(new Cause(
                        "--titles: s3://ada-titles/input/books.csv: Path does not exist. Give one that does.",
                        3,
                        3,
                        ""));
    }

    @Test
    void findsItInTheReportOfTheClient() {
        assertThat(SampleLog.cause("user-fault-client-report.log"))
                .contains(new Cause("--max-words: 'many' is not a number.", 3, 3, ""));
    }

    @Test
    void findsItBehindTheWrappersOfATaskFailure() {
        assertThat(SampleLog.cause("user-fault-in-task.log"))
                .contains(new Cause(
                        "--weight-column: row 7 of books.csv has the weight 'many', which is not a number.", 4, 4, ""));
    }
}
