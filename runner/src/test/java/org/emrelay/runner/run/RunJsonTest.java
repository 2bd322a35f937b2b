package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.Upload;
import org.jspecify.annotations.Nullable;

final class RunJsonTest {
    private static final StepName FIRST = new StepName("first");
    private static final StepName SECOND = new StepName("second");

    @Property(tries = 100)
    void runIsReadBack(@ForAll("runs") Run run) throws MalformedJsonException {
        assertThat(RunJson.read(RunJson.write(run))).isEqualTo(run);
    }

    @Property(tries = 100)
    void truncatedOrModifiedRunIsRejectedOrStillValid(@ForAll("runs") Run run, @ForAll int position) {
        String text = RunJson.write(run).stripTrailing();
        int at = Math.floorMod(position, text.length());
        assertThatThrownBy(() -> RunJson.read(text.substring(0, at))).isInstanceOf(MalformedJsonException.class);
        String modified = text.substring(0, at) + "7" + text.substring(at + 1);
        try {
            assertThat(RunJson.read(modified)).isNotNull();
        } catch (MalformedJsonException exception) {
            assertThat(exception).hasMessageMatching("(?s).+");
        }
    }

    @Example
    void orderOfSettingsIsKept() throws MalformedJsonException {
        Map<String, Argument> conf = new LinkedHashMap<>();
        conf.put("z", Argument.literal("1"));
        conf.put("a", Argument.literal("2"));
        Run run = run(List.of(step(FIRST, Argument.literal("x"), conf)), null);

        Run read = RunJson.read(RunJson.write(run));

        assertThat(read.plan().steps().get(0).sparkSubmit().settings().conf().keySet())
                .containsExactly("z", "a");
    }

    @Example
    void settingsOfEarlierVersionsAreRead() throws Exception {
        SparkSubmit read = JsonFields.read("""
                {"program": [{"uploaded": "scripts/jobs.jar"}], "main_class": "Main",
                 "executor_memory": {"text": "18G", "mebibytes": 18432}, "executor_cores": 4, "num_executors": 3,
                 "driver_memory": {"text": "1536m", "mebibytes": 1536}, "deploy_mode": "CLIENT",
                 "conf": {"spark.x": "8"}, "packages": ["a:b:1", "c:d:2"], "jars": [[{"uploaded": "scripts/1/*.jar"}]],
                 "py_files": [], "files": ["s3://b/x.conf#y.conf"], "archives": [],
                 "env": {"TOKEN": [{"secret": "hidden"}]}, "arguments": ["--in", [{"output_of": "first", "path": ""}]]}
                """, RunJson::sparkSubmit);

        assertThat(read)
                .isEqualTo(new SparkSubmit(
                        Argument.of(new Argument.UploadedFile("scripts/jobs.jar")),
                        "Main",
                        SparkSettings.<Argument>defaults()
                                .with(SparkOption.EXECUTOR_MEMORY, new MemorySize("18G", 18_432))
                                .with(SparkOption.EXECUTOR_CORES, 4)
                                .with(SparkOption.NUM_EXECUTORS, 3)
                                .with(SparkOption.DRIVER_MEMORY, new MemorySize("1536m", 1_536))
                                .with(SparkOption.DEPLOY_MODE, DeployMode.CLIENT)
                                .withConf(Map.of("spark.x", Argument.literal("8")))
                                .with(SparkOption.PACKAGES, List.of("a:b:1", "c:d:2"))
                                .with(
                                        FileOption.JARS,
                                        List.of(Argument.of(new Argument.UploadedFile("scripts/1/*.jar"))))
                                .with(FileOption.FILES, List.of(Argument.literal("s3://b/x.conf#y.conf")))
                                .withEnv(Map.of("TOKEN", Argument.of(new Argument.Secret("hidden")))),
                        List.of(Argument.literal("--in"), Argument.of(new Argument.StepOutput(FIRST, ""))),
                        false));
    }

    @Example
    void unsupportedFormatIsRejected() throws Exception {
        String text = RunJson.write(run(List.of(), null)).replace("\"format\" : 1", "\"format\" : 2");
        assertThat(JsonReader.read(text)).isNotNull();

        assertThatThrownBy(() -> RunJson.read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("format 2 is not supported; this runner reads format 1");
    }

    /** Otherwise fetch_output would delete and write files anywhere. */
    @Example
    void namesThatLeadOutOfTheWorkspaceAreRejected() {
        Argument uploaded = Argument.of(new Argument.UploadedFile("scripts/../../x"));
        Argument output = Argument.of(new Argument.StepOutput(FIRST, "/etc"));
        String pipeline = RunJson.write(run(List.of(), null)).replace("\"clouds\"", "\"../../x\"");

        assertThatThrownBy(() -> RunJson.read(pipeline))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("'../../x' is not a valid pipeline name");
        assertThatThrownBy(() -> RunJson.read(RunJson.write(run(List.of(step(FIRST, uploaded, Map.of())), null))))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("'scripts/../../x' is outside the workspace");
        assertThatThrownBy(() -> RunJson.read(RunJson.write(run(List.of(step(FIRST, output, Map.of())), null))))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("'/etc' is outside the workspace");
    }

    @Example
    void missingFieldIsReported() {
        String text = RunJson.write(run(List.of(step(FIRST, Argument.literal("x"), Map.of())), null))
                .replace("\"deploy_mode\"", "\"mode\"");

        assertThatThrownBy(() -> RunJson.read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("steps[0].submission.deploy_mode is missing");
    }

    @Example
    void legacyStepOfAnEarlierVersionIsRecognizedByItsArgument() throws MalformedJsonException {
        for (Argument argument : List.of(Argument.literal("x"), Argument.of(new Argument.WorkspaceName()))) {
            String text = RunJson.write(run(List.of(step(FIRST, argument, Map.of())), null));
            String earlier = text.replaceFirst(",\\s*\"legacy\" : false", "");
            assertThat(earlier).isNotEqualTo(text);

            assertThat(RunJson.read(earlier).plan().steps().get(0).sparkSubmit().legacy())
                    .isEqualTo(argument.parts().get(0) instanceof Argument.WorkspaceName);
        }
    }

    @Example
    void aStepOfAnEarlierVersionWritesToNoOtherLocations() throws MalformedJsonException {
        Run run = run(List.of(step(FIRST, Argument.literal("x"), Map.of())), null);
        String earlier = RunJson.write(run).replaceFirst(",\\s*\"writes\" : \\[ ?]", "");

        assertThat(earlier).doesNotContain("writes");
        assertThat(RunJson.read(earlier)).isEqualTo(run);
    }

    @Provide
    Arbitrary<Run> runs() {
        Arbitrary<List<PlannedStep>> steps = Combinators.combine(steps(FIRST, Set.of()), steps(SECOND, Set.of(FIRST)))
                .as(List::of);
        return Combinators.combine(
                        steps,
                        Arbitraries.<Reuse>of(new Reuse.OfRun(new RunId("20261120-000000-0000")), new Reuse.OfAllRuns())
                                .injectNull(0.5))
                .as(RunJsonTest::run);
    }

    private static Run run(List<PlannedStep> steps, @Nullable Reuse reuse) {
        List<StepName> names = steps.stream().map(PlannedStep::name).toList();
        return new Run(
                Plans.RUN,
                Plans.CLUSTER,
                new ExecutionPlan("clouds", Map.of("rows", "5"), steps, names),
                reuse,
                FakeClock.START);
    }

    private static PlannedStep step(StepName name, Argument argument, Map<String, Argument> conf) {
        SparkSubmit submission = new SparkSubmit(
                argument,
                null,
                SparkSettings.<Argument>defaults()
                        .with(SparkOption.DEPLOY_MODE, DeployMode.CLIENT)
                        .withConf(conf)
                        .withEnv(conf),
                List.of(argument),
                false);
        return new PlannedStep(
                name,
                "",
                List.of(),
                Plans.AUTOMATIC,
                Set.of(),
                submission,
                List.of(),
                new Fingerprint(new TreeMap<>()),
                FailurePolicy.DEFAULT,
                "");
    }

    private static Arbitrary<PlannedStep> steps(StepName name, Set<StepName> dependencies) {
        Arbitrary<List<PlannedStep.PlannedInput>> inputs = Combinators.combine(
                        texts(), arguments().list().ofMinSize(1).ofMaxSize(3), texts(), texts())
                .as(PlannedStep.PlannedInput::new)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<Upload>> uploads = paths().map(path ->
                        new Upload(Path.of("/files/x"), path, path.isEmpty() ? Upload.Form.MODULES : Upload.Form.AS_IS))
                .list()
                .ofMaxSize(2);
        Arbitrary<Fingerprint> fingerprints =
                Arbitraries.maps(texts(), texts()).ofMaxSize(3).map(map -> new Fingerprint(new TreeMap<>(map)));
        return Combinators.combine(
                        texts(), inputs, outputs(), submissions(), uploads, fingerprints, policies(), texts())
                .as((text, input, output, submission, upload, fingerprint, policy, notRun) -> new PlannedStep(
                        name, text, input, output, dependencies, submission, upload, fingerprint, policy, notRun));
    }

    private static Arbitrary<Output> outputs() {
        Arbitrary<Output.Destination> destinations = Arbitraries.oneOf(
                Arbitraries.of(new Output.Automatic()),
                paths().map(Output.WorkspacePath::new),
                texts().map(Output.AtUri::new));
        return Combinators.combine(destinations, texts(), texts(), Arbitraries.of(Overwrite.values()))
                .as(Output::new);
    }

    private static Arbitrary<FailurePolicy> policies() {
        Arbitrary<Duration> timeouts = Arbitraries.longs()
                .between(1, 1_000_000)
                .map(Duration::ofMillis)
                .injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of(OnFailure.values()),
                        Arbitraries.integers().between(0, 9),
                        timeouts)
                .as(FailurePolicy::new);
    }

    private static Arbitrary<SparkSubmit> submissions() {
        Arbitrary<MemorySize> sizes = Arbitraries.longs()
                .between(1, 1 << 20)
                .map(mebibytes -> MemorySize.parse(mebibytes + "m").orElseThrow())
                .injectNull(0.3);
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 99).injectNull(0.3);
        Arbitrary<SparkSettings<Argument>> all = Combinators.combine(sizes, counts, counts, sizes)
                .as((executorMemory, executorCores, numExecutors, driverMemory) -> SparkSettings.<Argument>defaults()
                        .with(SparkOption.EXECUTOR_MEMORY, executorMemory)
                        .with(SparkOption.EXECUTOR_CORES, executorCores)
                        .with(SparkOption.NUM_EXECUTORS, numExecutors)
                        .with(SparkOption.DRIVER_MEMORY, driverMemory));
        Arbitrary<Map<String, Argument>> maps =
                Arbitraries.maps(texts(), arguments()).ofMaxSize(3);
        Arbitrary<List<Argument>> lists = arguments().list().ofMaxSize(3);
        return Combinators.combine(arguments(), texts().injectNull(0.3), all, maps, lists, lists, maps, lists)
                .as((program, main, size, conf, jars, files, env, arguments) -> new SparkSubmit(
                        program,
                        main,
                        size.with(SparkOption.PACKAGES, List.of("a:b:1"))
                                .with(FileOption.JARS, jars)
                                .with(FileOption.PY_FILES, files)
                                .with(FileOption.FILES, jars)
                                .with(FileOption.ARCHIVES, files)
                                .withConf(conf)
                                .withEnv(env),
                        arguments,
                        main == null,
                        main == null
                                ? new PythonDependencies<>(jars, List.of("numpy<2"), "3.11")
                                : PythonDependencies.none(),
                        main == null ? "scripts/python.zip" : null));
    }

    private static Arbitrary<Argument> arguments() {
        Arbitrary<Argument.Part> pieces = Arbitraries.oneOf(
                texts().map(Argument.Literal::new),
                texts().map(Argument.Secret::new),
                paths().map(Argument.UploadedFile::new),
                paths().map(path -> new Argument.StepOutput(FIRST, path)),
                Arbitraries.of(new Argument.WorkspaceName()));
        return pieces.list().ofMaxSize(3).map(Argument::new);
    }

    private static Arbitrary<String> paths() {
        return texts().filter(text -> !text.startsWith("/"));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("az09 ${}[]\"\\/:,é字\u2028\n\t\u0000→")
                .ofMaxLength(6);
    }
}
