package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipelines of this repository on a real YARN cluster write what they write on this machine. */
final class YarnPipelinesIT {
    private static final Map<String, String> KRYO =
            Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

    /** Two local runs with 2 and 7 shuffle partitions differ less. */
    private static final double METRICS_TOLERANCE = 1e-6;

    /** XGBoost approximates the distribution of each feature per worker: one locally, two on the cluster. Measured: 5 %. */
    private static final double XGBOOST_TOLERANCE = 0.1;

    @TempDir
    Path directory;

    @Test
    void wordClouds() throws Exception {
        Comparison comparison = compare("steps.json", Map.of(), "-p", "rows=2000");

        assertThat(comparison.differences("parquet", "titles", "words", "counts"))
                .isEmpty();
        assertThat(names(comparison.onCluster().resolve("clouds")))
                .isEqualTo(names(comparison.here().resolve("clouds")));
    }

    /** Kryo rejects more classes than Spark's default serializer, and a cluster file may choose it. */
    @Test
    @Tag("servers")
    void wordCloudsWithKryo() throws Exception {
        try (YarnFixture yarn = new YarnFixture(directory, "word-clouds-kryo", 1, KRYO)) {
            YarnFixture.succeed(yarn.execute(BuildArtifacts.root().resolve("steps.json"), "-p", "rows=500"));
            YarnFixture.succeed(yarn.run("-a", "fetch_output"));

            assertThat(names(yarn.emr().cli().path("results/word-clouds/clouds")))
                    .contains("index.html")
                    .anyMatch(name -> name.endsWith(".png"));
        }
    }

    @Test
    @Tag("servers")
    void deliveryWithKryo() throws Exception {
        compareDelivery(KRYO, METRICS_TOLERANCE, "-p", "rows=1500", "-p", "model_params={\"maxIter\": 3}");
    }

    @Test
    @Tag("servers")
    void churnWithKryo() throws Exception {
        compareChurn(KRYO, METRICS_TOLERANCE, "-p", "users=120", "-p", "days=45", "-p", "models=lr", "-p", "folds=2");
    }

    static List<Map<String, String>> serializers() {
        return List.of(KRYO, Map.of());
    }

    @ParameterizedTest
    @MethodSource("serializers")
    @EnabledIfSystemProperty(named = "test.exhaustive", matches = "true")
    void deliveryInFull(Map<String, String> serializer) throws Exception {
        compareDelivery(serializer, METRICS_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("serializers")
    @EnabledIfSystemProperty(named = "test.exhaustive", matches = "true")
    void deliveryWithXgboost(Map<String, String> serializer) throws Exception {
        compareDelivery(serializer, XGBOOST_TOLERANCE, "-p", "rows=1500", "-p", "model_type=xgboost");
    }

    @ParameterizedTest
    @MethodSource("serializers")
    @EnabledIfSystemProperty(named = "test.exhaustive", matches = "true")
    void churnWithAllModels(Map<String, String> serializer) throws Exception {
        compareChurn(serializer, XGBOOST_TOLERANCE, "-p", "models=lr,nb,rf,svm,gbt,xgboost", "-p", "folds=2");
    }

    private void compareDelivery(Map<String, String> sparkDefaults, double tolerance, String... parameters)
            throws Exception {
        Comparison comparison = compare("pipelines/delivery/steps.json", sparkDefaults, parameters);

        assertThat(comparison.differences(
                        "parquet",
                        "prepare/training",
                        "prepare/validation",
                        "training_features/features",
                        "validation_features/features"))
                .isEmpty();
        assertThat(comparison.metrics("train/metrics.csv", tolerance)).isEmpty();
    }

    private void compareChurn(Map<String, String> sparkDefaults, double tolerance, String... parameters)
            throws Exception {
        Comparison comparison = compare("pipelines/churn/steps.json", sparkDefaults, parameters);

        assertThat(comparison.differences("parquet", "clean/events", "features/users"))
                .isEmpty();
        assertThat(comparison.metrics("evaluate/metrics.csv", tolerance)).isEmpty();
    }

    /**
     * The outputs of two runs of a pipeline.
     *
     * @param work for files of the comparison
     */
    private record Comparison(Path here, Path onCluster, Path work) {
        private static final String NUMBER = "-?[0-9.E-]+";

        /** A line for each table whose rows differ. */
        List<String> differences(String format, String... tables) throws Exception {
            List<String> arguments = new ArrayList<>();
            for (String table : tables) {
                arguments.addAll(List.of(
                        format,
                        here.resolve(table).toString(),
                        onCluster.resolve(table).toString()));
            }
            List<String> results = LocalRun.compareTables(work, arguments);
            assertThat(results).hasSize(tables.length);
            return results.stream().filter(line -> !line.endsWith("equal rows")).toList();
        }

        /** The pairs of values in a CSV file that are not equal, or not close if they are numbers. */
        List<String> metrics(String file, double tolerance) throws Exception {
            List<String> one = values(here.resolve(file));
            List<String> other = values(onCluster.resolve(file));
            assertThat(other).hasSameSizeAs(one);
            return IntStream.range(0, one.size())
                    .filter(i -> !isClose(one.get(i), other.get(i), tolerance))
                    .mapToObj(i -> one.get(i) + " and " + other.get(i))
                    .toList();
        }

        private static List<String> values(Path csv) throws Exception {
            return Files.readAllLines(csv).stream()
                    .flatMap(line -> Stream.of(line.split(",", -1)))
                    .toList();
        }

        private static boolean isClose(String one, String other, double tolerance) {
            if (one.equals(other) || !one.matches(NUMBER) || !other.matches(NUMBER)) {
                return one.equals(other);
            }
            double expected = Double.parseDouble(one);
            return Math.abs(Double.parseDouble(other) - expected) <= tolerance * Math.max(1, Math.abs(expected));
        }
    }

    private Comparison compare(String steps, Map<String, String> sparkDefaults, String... parameters) throws Exception {
        Path file = BuildArtifacts.root().resolve(steps);
        LocalRun local = LocalRun.start(directory.resolve("local"), file, parameters);
        Path aws = Files.createDirectories(directory.resolve("aws"));
        try (YarnFixture yarn = new YarnFixture(aws, steps.replace('/', '-'), 1, sparkDefaults)) {
            YarnFixture.succeed(yarn.execute(file, parameters));
            Path cluster = yarn.downloadOutputs(directory.resolve("cluster"));
            return new Comparison(local.awaitOutput(), cluster, directory.resolve("comparison"));
        }
    }

    /** Without Hadoop's checksum files, which only local file systems have. */
    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .sorted()
                    .toList();
        }
    }
}
