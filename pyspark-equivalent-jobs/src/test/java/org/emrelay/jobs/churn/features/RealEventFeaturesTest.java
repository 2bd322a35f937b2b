package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class RealEventFeaturesTest {
    @TempDir
    private static Path directory;

    @Test
    void buildsFeaturesForARealLogWithoutChurn() throws IOException {
        Path real = Path.of(System.getProperty("real.data", ""), "events");
        assumeTrue(Files.exists(real), "-Dreal.data does not contain a directory 'events'");
        EventLog.readOrClean(LocalSpark.session(), "--events", real.toUri().toString())
                .events()
                .write()
                .partitionBy(EventLog.DATE)
                .parquet(uri("events"));
        BuildUserFeatures.main(new String[] {"--events", uri("events"), "--output", uri("features")});

        List<Row> users =
                LocalSpark.session().read().parquet(uri("features/users")).collectAsList();
        assertThat(users)
                .hasSizeGreaterThan(20)
                .allMatch(user -> user.<Double>getAs("label") == 0.0)
                .allMatch(user -> user.<Double>getAs("account_age_days") > 0)
                .allMatch(user -> user.getAs("gender") != null && user.getAs("level") != null);
        JsonNode report = new ObjectMapper()
                .readTree(directory.resolve("features/report.json").toFile());
        assertThat(report.path("churners").asInt(-1)).isZero();
        assertThat(report.path("users_with_features").asInt()).isEqualTo(users.size());
    }

    private static String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }
}
