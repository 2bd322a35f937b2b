package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.AttemptRequest;
import org.junit.jupiter.api.Test;

class StepJvmCommandTest {
    private static final Path ARCHIVE = Path.of("/cache/step-classes.jsa");
    private static final AttemptFolder FOLDER = new AttemptFolder(Path.of("/logs/words-1"));
    private static final SparkRuntime RUNTIME = new SparkRuntime(
            Path.of("/jdk/bin/java"), List.of(Path.of("/spark/a.jar"), Path.of("/spark/b.jar")), Path.of("/spark"));

    @Test
    void usesTheJarsHeapAndFolderOfTheStep() {
        List<String> commandLine = commandLine(AttemptRequestBuilder.step("words")
                .resources("700m", 1, 1, null)
                .build());
        assertThat(commandLine)
                .startsWith("/jdk/bin/java")
                .contains(
                        "-Xmx700m",
                        "-XX:SharedArchiveFile=/cache/step-classes.jsa",
                        "-Djava.io.tmpdir=/logs/words-1/work/tmp",
                        "-Dderby.system.home=/logs/words-1/work",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .endsWith("-cp", "/spark/a.jar:/spark/b.jar", "org.emrelay.stepprocess.StepProcess");
    }

    @Test
    void usesC2OnlyForStepsKnownToRunLong() {
        AttemptRequest request = AttemptRequestBuilder.step("words").build();
        assertThat(commandLine(request, JitProfile.SHORT))
                .contains("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .doesNotContain("-XX:+UseParallelGC");
        assertThat(commandLine(request, JitProfile.LONG))
                .contains("-XX:+UseParallelGC", "-XX:Tier4InvocationThreshold=50000")
                .doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    @Test
    void userJavaOptionsComeLastAndReplaceTheCollector() {
        AttemptRequest request = AttemptRequestBuilder.step("words")
                .conf(Map.of("spark.driver.extraJavaOptions", "-XX:+UseG1GC -Dname='a b'"))
                .build();
        assertThat(commandLine(request))
                .doesNotContain("-XX:+UseSerialGC")
                .containsSubsequence(
                        "-XX:SharedArchiveFile=/cache/step-classes.jsa", "-XX:+UseG1GC", "-Dname=a b", "-cp");
    }

    @Test
    void anExtraClassPathComesFirstAndDisablesTheArchive() {
        AttemptRequest request = AttemptRequestBuilder.step("words")
                .conf(Map.of("spark.driver.extraClassPath", "/mine/*"))
                .build();
        assertThat(commandLine(request))
                .containsSubsequence("-cp", "/mine/*:/spark/a.jar:/spark/b.jar")
                .noneMatch(argument -> argument.startsWith("-XX:SharedArchiveFile"));
    }

    @Test
    void mapsYarnDriverVariablesToTheEnvironment() {
        AttemptRequest request = AttemptRequestBuilder.step("words")
                .conf(Map.of(
                        "spark.executorEnv.A", "executor",
                        "spark.yarn.appMasterEnv.A", "driver",
                        "spark.yarn.appMasterEnv.B", "driver"))
                .env(Map.of("B", "step"))
                .build();
        assertThat(StepEnvironment.of(request, Map.of("A", "runner", "C", "runner", "LC_ALL", "en_GB.UTF-8")))
                .isEqualTo(Map.of(
                        "A",
                        "driver",
                        "B",
                        "step",
                        "C",
                        "runner",
                        "LC_ALL",
                        "en_GB.UTF-8",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1"));
    }

    @Test
    void usesAUtf8LocaleForFileNames() {
        assertThat(locale(Map.of())).isEqualTo(Map.of("LC_CTYPE", "C.UTF-8"));
        assertThat(locale(Map.of("LANG", "C"))).isEqualTo(Map.of("LANG", "C", "LC_CTYPE", "C.UTF-8"));
        assertThat(locale(Map.of("LC_ALL", "POSIX"))).isEqualTo(Map.of("LC_ALL", "C.UTF-8"));
        assertThat(locale(Map.of("LANG", "de_DE.utf8"))).isEqualTo(Map.of("LANG", "de_DE.utf8"));
    }

    private static Map<String, String> locale(Map<String, String> environment) {
        Map<String, String> locale = new HashMap<>(
                StepEnvironment.of(AttemptRequestBuilder.step("words").build(), environment));
        locale.remove("SPARK_LOCAL_IP");
        return locale;
    }

    private static List<String> commandLine(AttemptRequest request) {
        return commandLine(request, JitProfile.SHORT);
    }

    private static List<String> commandLine(AttemptRequest request, JitProfile jitProfile) {
        return StepJvmCommand.of(
                        request,
                        ResourceAllocation.of(request, new LocalResources(2, 4096)),
                        FOLDER,
                        jitProfile,
                        RUNTIME,
                        Optional.of(ARCHIVE),
                        Map.of())
                .commandLine();
    }
}
