package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.event;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;

import org.emrelay.runner.profile.FilesRead;
import org.junit.jupiter.api.Test;

final class ScannedFilesTest {
    private static final String SQL = "org.apache.spark.sql.execution.ui.SparkListener";
    private static final String PLAN = event(SQL + "SQLExecutionStart", """
            "executionId":0,"description":"number of files read","sparkPlanInfo":{"nodeName":"Execute","metrics":[],"children":[
            {"nodeName":"Scan parquet","children":[],"metadata":{"name":"x"},"metrics":[
            {"name":"number of files read","accumulatorId":7,"metricType":"sum"},
            {"name":"size of files read","accumulatorId":8,"metricType":"size"},
            {"name":"number of output rows","accumulatorId":9,"metricType":"sum"},
            {"name":"number of files read"},{"accumulatorId":10}]}]}
            """.replace("\n", ""));

    @Test
    void sumsUpTheMetricsOfScans() {
        assertThat(profile(
                                applicationStart(1_000),
                                PLAN,
                                event(
                                        SQL + "SQLAdaptiveExecutionUpdate",
                                        "\"sparkPlanInfo\":{\"metrics\":[{\"name\":\"number of files read\",\"accumulatorId\":17}]}"),
                                event(
                                        SQL + "SQLAdaptiveSQLMetricUpdates",
                                        "\"sqlPlanMetrics\":[{\"name\":\"size of files read\",\"accumulatorId\":18}]"),
                                updates("[7,3],[8,4000],[9,500],[10,600]"),
                                updates("[17,20],[18,1000]"))
                        .filesRead())
                .isEqualTo(new FilesRead(23, 5_000));
    }

    @Test
    void theLastValueOfAMetricCounts() {
        assertThat(profile(applicationStart(1_000), PLAN, updates("[7,3],[8,4000]"), updates("[7,5],[8,4100]"))
                        .filesRead())
                .isEqualTo(new FilesRead(5, 4_100));
    }

    @Test
    void isUnknownWithoutValues() {
        assertThat(profile(applicationStart(1_000), PLAN).filesRead()).isNull();
    }

    private static String updates(String pairs) {
        return event(SQL + "DriverAccumUpdates", "\"executionId\":0,\"accumUpdates\":[" + pairs + "]");
    }
}
