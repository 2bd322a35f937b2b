package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the pipelines of this repository on a fake cluster whose steps are executed by a real YARN. */
final class YarnPipelinesIT {
    private static final Path STEPS = Path.of("../steps.json").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void wordClouds() throws Exception {
        // Kryo rejects more classes than Spark's default serializer, and a cluster file may choose it.
        Map<String, String> kryo = Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        try (YarnFixture yarn = new YarnFixture(directory, "word-clouds", 1, kryo)) {
            YarnFixture.succeed(yarn.execute(STEPS, "-p", "rows=2000"));
            YarnFixture.succeed(yarn.run("-a", "fetch_output"));
        }
    }
}
