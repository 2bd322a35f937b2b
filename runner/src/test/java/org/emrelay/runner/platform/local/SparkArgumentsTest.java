package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.platform.AttemptRequest;
import org.junit.jupiter.api.Test;

class SparkArgumentsTest {
    private static final LocalResources LOCAL_RESOURCES = new LocalResources(4, 8192);
    private static final AttemptFolder FOLDER = new AttemptFolder(Path.of("/workspace/logs/run/words-1"));

    @Test
    void usesTheLocalCoresAndBindsToLoopback() {
        assertThat(arguments(AttemptRequestBuilder.step("words", "--titles", "/data/my titles")
                        .build()))
                .containsExactly(
                        "--master",
                        "local[4]",
                        "--class",
                        "Main",
                        "--conf",
                        "spark.app.name=words",
                        "--conf",
                        "spark.authenticate=true",
                        "--conf",
                        "spark.driver.bindAddress=127.0.0.1",
                        "--conf",
                        "spark.driver.host=127.0.0.1",
                        "--conf",
                        "spark.sql.warehouse.dir=/workspace/logs/run/words-1/work/spark-warehouse",
                        "--conf",
                        "spark.ui.enabled=false",
                        "stub.jar",
                        "--titles",
                        "/data/my titles");
    }

    @Test
    void aPythonScriptHasNoMainClass() {
        AttemptRequest request = AttemptRequestBuilder.step("words")
                .build(Argument.literal("/scripts/words.py"), null, Path.of("/workspace"));
        assertThat(arguments(request)).doesNotContain("--class").endsWith("/scripts/words.py");
    }

    @Test
    void passesFilesAsOnACluster() {
        assertThat(arguments(AttemptRequestBuilder.step("words")
                        .files("/a/mask.png#mask", "/b/words.txt")
                        .build()))
                .containsSubsequence("--files", "/a/mask.png#mask,/b/words.txt", "stub.jar");
    }

    @Test
    void userSettingsTakePrecedence() {
        assertThat(arguments(AttemptRequestBuilder.step("words")
                        .conf(Map.of("spark.ui.enabled", "true", "spark.app.name", "mine"))
                        .build()))
                .contains("spark.ui.enabled=true", "spark.app.name=mine")
                .doesNotContain("spark.ui.enabled=false", "spark.app.name=words");
    }

    @Test
    void dropsClusterSettings() {
        AttemptRequest request = AttemptRequestBuilder.step("words")
                .conf(Map.of(
                        "spark.yarn.maxAppAttempts", "1",
                        "spark.yarn.appMasterEnv.HOME", "/home",
                        "spark.dynamicAllocation.enabled", "true",
                        "spark.shuffle.service.enabled", "true",
                        "spark.master", "yarn",
                        "spark.submit.deployMode", "cluster",
                        "spark.executor.memory", "18g",
                        "spark.executor.memoryOverhead", "2g",
                        "spark.sql.shuffle.partitions", "7"))
                .build();
        assertThat(arguments(request))
                .filteredOn(argument -> argument.startsWith("spark."))
                .containsExactlyInAnyOrder(
                        "spark.app.name=words",
                        "spark.authenticate=true",
                        "spark.driver.bindAddress=127.0.0.1",
                        "spark.driver.host=127.0.0.1",
                        "spark.sql.warehouse.dir=/workspace/logs/run/words-1/work/spark-warehouse",
                        "spark.ui.enabled=false",
                        "spark.sql.shuffle.partitions=7");
    }

    @Test
    void capsTheCoresPerTask() {
        assertThat(arguments(AttemptRequestBuilder.step("train")
                        .resources(null, 2, 1, null)
                        .conf(Map.of("spark.task.cpus", "8"))
                        .build()))
                .contains("local[2]", "spark.task.cpus=2");
    }

    private static List<String> arguments(AttemptRequest request) {
        return SparkArguments.of(request, ResourceAllocation.of(request, LOCAL_RESOURCES), FOLDER);
    }
}
