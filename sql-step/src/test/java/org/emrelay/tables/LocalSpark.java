package org.emrelay.tables;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Provides the Spark settings that spark-submit passes to a program; all tests share one session. */
public final class LocalSpark implements BeforeAllCallback {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.master", "local[2]",
            "spark.app.name", "tests",
            "spark.ui.enabled", "false",
            "spark.driver.host", "localhost",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.sql.shuffle.partitions", "2");

    @Override
    public void beforeAll(ExtensionContext context) {
        SETTINGS.forEach(System::setProperty);
    }

    public static SparkSession session() {
        SETTINGS.forEach(System::setProperty);
        return SparkSession.builder().getOrCreate();
    }
}
