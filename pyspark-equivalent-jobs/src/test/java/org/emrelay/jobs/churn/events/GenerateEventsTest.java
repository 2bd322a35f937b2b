package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class GenerateEventsTest {
    @TempDir
    private Path directory;

    @Test
    void writesTheColumnsOfTheRealLog() {
        Dataset<Row> log = LocalSpark.session().read().json(generate("log", "20", "10", "1") + "/log");

        assertThat(log.columns())
                .containsExactly(
                        "artist",
                        "auth",
                        "firstName",
                        "gender",
                        "itemInSession",
                        "lastName",
                        "length",
                        "level",
                        "location",
                        "method",
                        "page",
                        "registration",
                        "sessionId",
                        "song",
                        "status",
                        "ts",
                        "userAgent",
                        "userId");
        assertThat(log.schema().apply("registration").dataType().simpleString()).isEqualTo("double");
        assertThat(log.schema().apply("ts").dataType().simpleString()).isEqualTo("bigint");
    }

    @Test
    void writesTheSameLogForTheSameSeedOnly() {
        List<String> first = sorted(generate("first", "40", "10", "7"));

        assertThat(sorted(generate("again", "40", "10", "7"))).isEqualTo(first).isNotEmpty();
        assertThat(sorted(generate("other", "40", "10", "8"))).isNotEqualTo(first);
    }

    @Test
    void writesTheSameLogWithAnyNumberOfPartitions() {
        LogPeriod period = new LogPeriod(LocalDate.of(2018, 10, 1), 10);
        Dataset<String> one = GenerateEvents.lines(LocalSpark.session(), 7, 40, period, 1);
        Dataset<String> three = GenerateEvents.lines(LocalSpark.session(), 7, 40, period, 3);

        assertThat(three.rdd().getNumPartitions()).isEqualTo(3);
        assertThat(three.collectAsList()).isEqualTo(one.collectAsList()).isNotEmpty();
    }

    @Test
    void rejectsAnInvalidDate() {
        assertThatThrownBy(() -> GenerateEvents.main(new String[] {"--start", "1.10.2018", "--output", "x"}))
                .isInstanceOf(UserFault.class)
                .hasMessage("--start must be a date such as 2018-10-01, not '1.10.2018'.");
    }

    private String generate(String name, String users, String days, String seed) {
        String output = directory.resolve(name).toUri().toString();
        GenerateEvents.main(new String[] {"--users", users, "--days", days, "--seed", seed, "--output", output});
        return output;
    }

    private static List<String> sorted(String output) {
        return LocalSpark.session().read().textFile(output + "/log").collectAsList().stream()
                .sorted()
                .toList();
    }
}
