package org.emrelay.jobs.churn.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CleanRealEventsTest {
    @TempDir
    private Path directory;

    @Test
    void keepsEveryEventOfARealUser() {
        Path real = Path.of(System.getProperty("real.data", ""), "events");
        assumeTrue(Files.isDirectory(real), "-Dreal.data does not contain a directory 'events'");
        String output = directory.resolve("clean").toUri().toString();

        CleanEvents.main(new String[] {"--events", real.toUri().toString(), "--output", output});

        Dataset<Row> events = EventLog.read(LocalSpark.session(), "--events", output);
        assertThat(events.count()).isEqualTo(876);
        assertThat(events.select(EventLog.USER).distinct().count()).isEqualTo(58);
        assertThat(events.where("system is null or system = 'other' or platform = 'other'")
                        .count())
                .isZero();
        assertThat(events.where("region is null or registration is null").count())
                .isZero();
    }
}
