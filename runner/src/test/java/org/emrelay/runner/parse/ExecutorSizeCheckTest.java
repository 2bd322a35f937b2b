package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileFixture.CORE;
import static org.emrelay.runner.parse.ClusterFileFixture.PRIMARY;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutorSizeCheckTest {
    private static final String TOO_LARGE =
            "s: steps[0].executor_memory: an executor needs 12289 MB (11172 MB heap and 1117 MB overhead), more than"
                    + " YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap that fits is 11171m.";

    @TempDir
    Path directory;

    private ClusterFileFixture file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileFixture(directory);
    }

    @Test
    void suggestedLargestHeapFits() {
        Cluster cluster = cluster("");
        assertThat(check(step("11172m", Map.of()), cluster)).containsExactly(TOO_LARGE);
        assertThat(check(step("11171m", Map.of()), cluster)).isEmpty();
    }

    @Test
    void checksAllCoreAndTaskTypesButNotThePrimary() {
        String task = CORE.replace("CORE", "TASK").replace("m5.xlarge", "c5.xlarge");
        Cluster cluster = file.withFleets(PRIMARY.replace("m5.xlarge", "c5.xlarge"), CORE, task)
                .usable()
                .orElseThrow();
        assertThat(check(step("18G", Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 20275 MB (18432 MB heap and 1843 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (12288 MB), c5.xlarge in the"
                                + " task fleet (6144 MB). The largest heap that fits is 5586m.");
        assertThat(check(step("5586m", Map.of()), cluster)).isEmpty();
        assertThat(check(step("5587m", Map.of()), cluster)).hasSize(1);
    }

    @Test
    void smallExecutorHasMinimumOverhead() {
        Cluster cluster = clusterWithYarnMemory("1408");
        assertThat(check(step("1g", Map.of()), cluster)).isEmpty();
        assertThat(check(step("1025m", Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 1409 MB (1025 MB heap and 384 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (1408 MB). The largest heap"
                                + " that fits is 1024m.");
    }

    @Test
    void configuredYarnMemoryOverridesDefault() {
        assertThat(check(step("11172m", Map.of()), clusterWithYarnMemory("16000")))
                .isEmpty();
        Cluster ofType = file.withType("\"InstanceType\": \"m5.xlarge\", \"Configurations\": [{\"Classification\":"
                        + " \"yarn-site\", \"Properties\": {\"yarn.nodemanager.resource.memory-mb\": \"13000\"}}]")
                .usable()
                .orElseThrow();
        assertThat(check(step("11172m", Map.of()), ofType)).isEmpty();
        Cluster container = cluster("\"Configurations\": [{\"Classification\": \"yarn-site\", \"Properties\":"
                + " {\"yarn.scheduler.maximum-allocation-mb\": \"2048\"}}]");
        assertThat(check(step("2g", Map.of()), container))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 2432 MB (2048 MB heap and 384 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (2048 MB). The largest heap"
                                + " that fits is 1664m.");
    }

    @Test
    void configuredOverheadIsUsed() {
        Cluster cluster = cluster("");
        assertThat(check(step("11172m", Map.of("spark.executor.memoryOverhead", "1g")), cluster))
                .isEmpty();
        assertThat(check(step("11172m", Map.of("spark.executor.memoryOverhead", "2048")), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 13220 MB (11172 MB heap and 2048 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap"
                                + " that fits is 10240m.");
        assertThat(check(step("8g", Map.of("spark.executor.memoryOverheadFactor", "0.6")), cluster))
                .containsExactly("s: steps[0].executor_memory: an executor needs 13107 MB (8192 MB heap and 4915 MB"
                        + " overhead), more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest"
                        + " heap that fits is 7680m.");
    }

    @Test
    void sparkDefaultsApplyToStepsWithoutOwnSettings() {
        Cluster cluster = cluster("\"Configurations\": [{\"Classification\": \"spark-defaults\", \"Properties\":"
                + " {\"spark.executor.memory\": \"12g\", \"spark.memory.offHeap.enabled\": \"true\","
                + " \"spark.memory.offHeap.size\": \"1g\"}}]");
        assertThat(check(step(null, Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 14540 MB (12288 MB heap and 2252 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap"
                                + " that fits is 10240m.");
        assertThat(check(step("8g", Map.of()), cluster)).isEmpty();
        assertThat(check(step(null, Map.of("spark.executor.memory", "16g")), cluster))
                .singleElement()
                .asString()
                .startsWith("s: steps[0].spark_conf['spark.executor.memory']: an executor needs 19046 MB");
    }

    @Test
    void suggestsLargerInstancesWhenNoExecutorFits() {
        assertThat(check(step("1g", Map.of()), clusterWithYarnMemory("800")))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor needs 1408 MB (1024 MB heap and 384 MB overhead),"
                                + " more than YARN offers on m5.xlarge in the core fleet (800 MB). No executor fits:"
                                + " use larger instance types.");
    }

    @Test
    void warnsOfMoreCoresThanVcpus() {
        assertThat(check(step(null, Map.of(), 5), cluster("")))
                .containsExactly("warning: s: steps[0].executor_cores: an executor uses 5 cores, more than the vCPUs of"
                        + " m5.xlarge in the core fleet (4): its tasks would share CPUs. Use at most 4 to"
                        + " give each task its own vCPU.");
        assertThat(check(step(null, Map.of(), 4), cluster(""))).isEmpty();
    }

    @Test
    void warnsOfUnknownYarnMemory() {
        Cluster cluster = file.withFleets(PRIMARY, CORE.replace("m5.xlarge", "z9x.xlarge"))
                .usable()
                .orElseThrow();
        assertThat(check(step("900G", Map.of(), 90), cluster))
                .containsExactly("warning: c: InstanceFleets[1].InstanceTypeConfigs[0].InstanceType: the YARN memory of"
                        + " z9x.xlarge is unknown, so executor sizes cannot be checked. Set"
                        + " yarn.nodemanager.resource.memory-mb in a yarn-site configuration.");
    }

    @Test
    void yarnMemoryIsUnknownWithHbase() {
        Cluster cluster = cluster("\"Applications\": [{\"Name\": \"Spark\"}, {\"Name\": \"HBase\"}]");
        assertThat(check(step("900G", Map.of()), cluster))
                .singleElement()
                .asString()
                .startsWith("warning: c: ");
    }

    @Test
    void skippedStepIsNotChecked() {
        Step skipped = step("900G", Map.of(), null, "disabled");
        assertThat(check(skipped, cluster(""))).isEmpty();
    }

    private List<String> check(Step step, Cluster cluster) {
        return ExecutorSizeCheck.check(new Pipeline("p", List.of(step)), "s", cluster, "c").stream()
                .map(problem -> (problem.isError() ? "" : "warning: ") + problem.toLine())
                .toList();
    }

    private Cluster cluster(String keys) {
        ParseResult<Cluster> result = file.withKeys(keys);
        assertThat(result.problems()).noneMatch(Problem::isError);
        return result.usable().orElseThrow();
    }

    private Cluster clusterWithYarnMemory(String megabytes) {
        return cluster("\"Configurations\": [{\"Classification\": \"yarn-site\", \"Properties\":"
                + " {\"yarn.nodemanager.resource.memory-mb\": \"" + megabytes + "\"}}]");
    }

    private static Step step(@Nullable String executorMemory, Map<String, String> conf) {
        return step(executorMemory, conf, null);
    }

    private static Step step(@Nullable String memory, Map<String, String> conf, @Nullable Integer cores) {
        return step(memory, conf, cores, "");
    }

    private static Step step(
            @Nullable String memory, Map<String, String> conf, @Nullable Integer cores, String notRun) {
        Map<String, Argument> templates = new TreeMap<>();
        conf.forEach((key, value) -> templates.put(key, Argument.literal(value)));
        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(
                        SparkOption.EXECUTOR_MEMORY,
                        memory == null ? null : MemorySize.parse(memory).orElseThrow())
                .with(SparkOption.EXECUTOR_CORES, cores)
                .withConf(templates);
        return new Step(
                new StepName("one"),
                "",
                new Program.Jar(new FileRef.Remote("s3://b/j.jar"), "x.Main"),
                List.of(),
                new Output(new Output.Automatic(), "output", "parquet", Overwrite.NONE),
                new Arguments.Flags(List.of()),
                Set.of(),
                settings,
                FailurePolicy.DEFAULT,
                notRun);
    }
}
