package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileText.CORE;
import static org.emrelay.runner.parse.ClusterFileText.PRIMARY;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryCheckTest {
    private static final String TOO_LARGE =
            "s: steps[0].executor_memory: an executor takes 12289 MB (11172 of heap and 1117 beside it), more than YARN"
                    + " has on m5.xlarge of the core fleet (12288 MB). The largest that fits is 11171m.";

    @TempDir
    Path directory;

    private ClusterFileText file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileText(directory);
    }

    @Test
    void theLargestExecutorThatIsNamedReallyFits() {
        Cluster cluster = cluster("");
        assertThat(check(step("11172m", Map.of()), cluster)).containsExactly(TOO_LARGE);
        assertThat(check(step("11171m", Map.of()), cluster)).isEmpty();
    }

    @Test
    void everyTypeOfCoreAndTaskCountsAndThePrimaryDoesNot() {
        String task = CORE.replace("CORE", "TASK").replace("m5.xlarge", "c5.xlarge");
        Cluster cluster = file.withFleets(PRIMARY.replace("m5.xlarge", "c5.xlarge"), CORE, task)
                .usable()
                .orElseThrow();
        assertThat(check(step("18G", Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 20275 MB (18432 of heap and 1843 beside"
                                + " it), more than YARN has on m5.xlarge of the core fleet (12288 MB), c5.xlarge of the task"
                                + " fleet (6144 MB). The largest that fits is 5586m.");
        assertThat(check(step("5586m", Map.of()), cluster)).isEmpty();
        assertThat(check(step("5587m", Map.of()), cluster)).hasSize(1);
    }

    @Test
    void aSmallExecutorHasTheLeastOverhead() {
        Cluster cluster = withYarn("1408");
        assertThat(check(step("1g", Map.of()), cluster)).isEmpty();
        assertThat(check(step("1025m", Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 1409 MB (1025 of heap and 384 beside it),"
                                + " more than YARN has on m5.xlarge of the core fleet (1408 MB). The largest that fits is"
                                + " 1024m.");
    }

    @Test
    void theFilesOwnYarnMemoryCounts() {
        assertThat(check(step("11172m", Map.of()), withYarn("16000"))).isEmpty();
        Cluster ofType = file.withType("\"InstanceType\": \"m5.xlarge\", \"Configurations\": [{\"Classification\":"
                        + " \"yarn-site\", \"Properties\": {\"yarn.nodemanager.resource.memory-mb\": \"13000\"}}]")
                .usable()
                .orElseThrow();
        assertThat(check(step("11172m", Map.of()), ofType)).isEmpty();
        Cluster container = cluster("\"Configurations\": [{\"Classification\": \"yarn-site\", \"Properties\":"
                + " {\"yarn.scheduler.maximum-allocation-mb\": \"2048\"}}]");
        assertThat(check(step("2g", Map.of()), container))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 2432 MB (2048 of heap and 384 beside it),"
                                + " more than YARN has on m5.xlarge of the core fleet (2048 MB). The largest that fits is"
                                + " 1664m.");
    }

    @Test
    void anOverheadThatIsSetIsHonoured() {
        Cluster cluster = cluster("");
        assertThat(check(step("11172m", Map.of("spark.executor.memoryOverhead", "1g")), cluster))
                .isEmpty();
        assertThat(check(step("11172m", Map.of("spark.executor.memoryOverhead", "2048")), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 13220 MB (11172 of heap and 2048 beside"
                                + " it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is"
                                + " 10240m.");
        assertThat(check(step("8g", Map.of("spark.executor.memoryOverheadFactor", "0.6")), cluster))
                .containsExactly("s: steps[0].executor_memory: an executor takes 13107 MB (8192 of heap and 4915 beside"
                        + " it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is"
                        + " 7680m.");
    }

    @Test
    void theClustersSparkDefaultsCountWhereTheStepIsSilent() {
        Cluster cluster = cluster("\"Configurations\": [{\"Classification\": \"spark-defaults\", \"Properties\":"
                + " {\"spark.executor.memory\": \"12g\", \"spark.memory.offHeap.enabled\": \"true\","
                + " \"spark.memory.offHeap.size\": \"1g\"}}]");
        assertThat(check(step(null, Map.of()), cluster))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 14540 MB (12288 of heap and 2252 beside"
                                + " it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is"
                                + " 10240m.");
        assertThat(check(step("8g", Map.of()), cluster)).isEmpty();
        assertThat(check(step(null, Map.of("spark.executor.memory", "16g")), cluster))
                .singleElement()
                .asString()
                .startsWith("s: steps[0].spark_conf['spark.executor.memory']: an executor takes 19046 MB");
    }

    @Test
    void whereNoExecutorFitsLargerMachinesAreTheRemedy() {
        assertThat(check(step("1g", Map.of()), withYarn("800")))
                .containsExactly(
                        "s: steps[0].executor_memory: an executor takes 1408 MB (1024 of heap and 384 beside it),"
                                + " more than YARN has on m5.xlarge of the core fleet (800 MB). No executor fits there: use"
                                + " larger instance types.");
    }

    @Test
    void moreCoresThanAMachineHasAreWorthAWord() {
        assertThat(check(step(null, Map.of(), 5), cluster("")))
                .containsExactly(
                        "warning: s: steps[0].executor_cores: an executor takes 5 cores, more than there are on"
                                + " m5.xlarge of the core fleet (4): its tasks would share them. At most 4 keeps a core for"
                                + " each.");
        assertThat(check(step(null, Map.of(), 4), cluster(""))).isEmpty();
    }

    @Test
    void anUnknownTypeGetsNoVerdictUnlessTheFileSaysWhatYarnHas() {
        Cluster cluster = file.withFleets(PRIMARY, CORE.replace("m5.xlarge", "z9x.xlarge"))
                .usable()
                .orElseThrow();
        assertThat(check(step("900G", Map.of(), 90), cluster))
                .containsExactly(
                        "warning: c: InstanceFleets[1].InstanceTypeConfigs[0].InstanceType: how much memory YARN"
                                + " has on z9x.xlarge is not known here, so nothing says whether the executors fit. Set"
                                + " yarn.nodemanager.resource.memory-mb in a Configuration of yarn-site.");
    }

    @Test
    void hbaseTakesAShareThatIsNotKnown() {
        Cluster cluster = cluster("\"Applications\": [{\"Name\": \"Spark\"}, {\"Name\": \"HBase\"}]");
        assertThat(check(step("900G", Map.of()), cluster))
                .singleElement()
                .asString()
                .startsWith("warning: c: ");
    }

    @Test
    void aStepThatDoesNotRunIsNotChecked() {
        Step off = step("900G", Map.of(), null, "disabled");
        assertThat(check(off, cluster(""))).isEmpty();
    }

    private List<String> check(Step step, Cluster cluster) {
        return MemoryCheck.check(new Pipeline("p", List.of(step)), "s", cluster, "c").stream()
                .map(problem -> (problem.isError() ? "" : "warning: ") + problem.line())
                .toList();
    }

    private Cluster cluster(String keys) {
        ParseResult<Cluster> reading = file.withKeys(keys);
        assertThat(reading.problems()).noneMatch(Problem::isError);
        return reading.usable().orElseThrow();
    }

    private Cluster withYarn(String megabytes) {
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
        SparkSettings none = SparkSettings.defaults();
        Map<String, Template> templates = new TreeMap<>();
        conf.forEach((key, value) -> templates.put(key, Template.literal(value)));
        SparkSettings settings = new SparkSettings(
                memory == null ? null : MemorySize.parse(memory).orElseThrow(),
                cores,
                none.numExecutors(),
                none.driverMemory(),
                none.deployMode(),
                templates,
                none.packages(),
                none.jars(),
                none.pyFiles(),
                none.files(),
                none.archives(),
                none.env());
        return new Step(
                new StepName("one"),
                "",
                new Program.Jar(new FileRef.Remote("s3://b/j.jar"), "x.Main"),
                List.of(),
                new Output(new Output.Automatic(), "output", "parquet", false),
                new Arguments.Flags(List.of()),
                Set.of(),
                settings,
                FailurePolicy.DEFAULT,
                notRun);
    }
}
