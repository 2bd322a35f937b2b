package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Test
    void passesAnOutputToTheNextStepAsItsInput() {
        ExecutionPlan plan = plan(TestSteps.step("words"), TestSteps.step("counts", TestSteps.from("words", "words")));

        assertThat(TestSteps.maskedCommand(plan, "counts"))
                .containsExactly(
                        "spark-submit",
                        "--deploy-mode",
                        "cluster",
                        "--class",
                        "Main",
                        "workspace:/scripts/c0de/jobs.jar",
                        "--words",
                        "workspace:/output/pipeline/<run>/words",
                        "--output",
                        "workspace:/output/pipeline/<run>/counts");
    }

    @Test
    void resolvesAPathBelowTheOutputOfAnotherStep() {
        Input training = new Input("i", new Source.FromStep(new StepName("prepare"), "training"), "");
        ExecutionPlan plan = plan(TestSteps.step("prepare"), TestSteps.step("train", training));

        assertThat(TestSteps.maskedCommand(plan, "train"))
                .containsSubsequence("-i", "workspace:/output/pipeline/<run>/prepare/training");
    }

    @Test
    void sortsStepsTopologicallyAndOtherwiseAsInTheFile() {
        ExecutionPlan plan = plan(
                TestSteps.step("last", TestSteps.from("a", "middle"), TestSteps.from("b", "other")),
                TestSteps.step("other"),
                TestSteps.step("middle", TestSteps.from("a", "first")),
                TestSteps.step("first"));

        assertThat(plan.steps())
                .extracting(step -> step.name().value())
                .containsExactly("other", "first", "middle", "last");
        assertThat(plan.fileOrder()).extracting(StepName::value).containsExactly("last", "other", "middle", "first");
    }

    @Test
    void rejectsACycle() {
        assertThatThrownBy(() -> plan(
                        TestSteps.step("a", TestSteps.from("b", "b")), TestSteps.step("b", TestSteps.from("a", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dependencies of the steps form a cycle");
    }

    @Test
    void mapsEverySettingToItsSparkSubmitOption() {
        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(SparkOption.EXECUTOR_MEMORY, MemorySize.parse("18G").orElseThrow())
                .with(SparkOption.EXECUTOR_CORES, 4)
                .with(SparkOption.NUM_EXECUTORS, 3)
                .with(SparkOption.DRIVER_MEMORY, MemorySize.parse("2g").orElseThrow())
                .with(SparkOption.DEPLOY_MODE, DeployMode.CLIENT)
                .withConf(Map.of("spark.sql.shuffle.partitions", Argument.literal("8")))
                .with(SparkOption.PACKAGES, List.of("a:b:1", "c:d:2"))
                .with(
                        FileOption.JARS,
                        List.of(
                                new NamedFile(new FileRef.Local(Path.of("/lib/b.jar")), ""),
                                new NamedFile(new FileRef.Local(Path.of("/lib/a.jar")), ""),
                                new NamedFile(new FileRef.Remote("s3://x/y.jar"), "")))
                .with(FileOption.PY_FILES, List.of(new NamedFile(new FileRef.Local(Path.of("/py/lib.zip")), "")))
                .with(FileOption.FILES, List.of(new NamedFile(new FileRef.Local(Path.of("/etc/x.conf")), "y.conf")))
                .with(FileOption.ARCHIVES, List.of(new NamedFile(new FileRef.Remote("s3://x/env.tar.gz"), "env")))
                .withEnv(Map.of("LANG", Argument.literal("C")));
        FileHashes hashes = new FileHashes(Map.of(
                TestSteps.JAR,
                "c0de",
                Path.of("/lib/a.jar"),
                "aa",
                Path.of("/lib/b.jar"),
                "bb",
                Path.of("/py/lib.zip"),
                "11",
                Path.of("/etc/x.conf"),
                "22"));
        ExecutionPlan plan = Planner.plan(
                new Pipeline("p", List.of(TestSteps.step("s", new Arguments.Verbatim(List.of()), settings))), hashes);

        String jars = "scripts/" + Fingerprint.hash("a.jar@aa\nb.jar@bb\n") + "/";
        assertThat(String.join(" ", TestSteps.maskedCommand(plan, "s")))
                .isEqualTo(
                        "env LANG=C spark-submit --deploy-mode client --class Main --driver-memory 2g --executor-memory 18G"
                                + " --executor-cores 4 --num-executors 3 --conf spark.sql.shuffle.partitions=8"
                                + " --conf spark.executorEnv.LANG=C"
                                + " --packages a:b:1,c:d:2 --jars workspace:/" + jars + "*.jar,s3://x/y.jar"
                                + " --py-files workspace:/scripts/11/lib.zip --files workspace:/scripts/22/x.conf#y.conf"
                                + " --archives s3://x/env.tar.gz#env workspace:/scripts/c0de/jobs.jar");
        assertThat(plan.steps().get(0).uploads())
                .containsExactlyInAnyOrder(
                        new Upload(TestSteps.JAR, "scripts/c0de/jobs.jar"),
                        new Upload(Path.of("/lib/a.jar"), jars + "a.jar"),
                        new Upload(Path.of("/lib/b.jar"), jars + "b.jar"),
                        new Upload(Path.of("/py/lib.zip"), "scripts/11/lib.zip"),
                        new Upload(Path.of("/etc/x.conf"), "scripts/22/x.conf"));
    }

    /** A pattern stands for all jars. Spark cannot list a directory with a colon in a name, and skips names without .jar. */
    @Test
    void theNamesOfUploadedJarsMatchTheirPattern() {
        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(
                        FileOption.JARS,
                        Stream.of("/lib/c:d.jar", "/lib/lib.zip", "/other/lib.zip")
                                .map(jar -> new NamedFile(new FileRef.Local(Path.of(jar)), ""))
                                .toList());
        FileHashes hashes = new FileHashes(Map.of(
                TestSteps.JAR,
                "c0de",
                Path.of("/lib/c:d.jar"),
                "11",
                Path.of("/lib/lib.zip"),
                "22",
                Path.of("/other/lib.zip"),
                "33"));

        ExecutionPlan plan = Planner.plan(
                new Pipeline("p", List.of(TestSteps.step("s", new Arguments.Verbatim(List.of()), settings))), hashes);

        assertThat(plan.steps().get(0).uploads())
                .extracting(upload -> upload.path().replaceFirst(".*/", ""))
                .containsExactlyInAnyOrder("jobs.jar", "c_d.jar", "lib.zip.jar", "2-lib.zip.jar");
    }

    @Test
    void resolvesReferencesInVerbatimArguments() {
        Arguments verbatim = new Arguments.Verbatim(List.of(
                Argument.literal("--in"),
                Argument.of(new Argument.InputUri("titles"), new Argument.Literal("/part")),
                Argument.of(new Argument.OutputUri()),
                Argument.of(new Argument.WorkspaceName())));
        Input titles = new Input("titles", new FileRef.Remote("s3://b/t"), "titles");
        ExecutionPlan plan = plan(TestSteps.step("s", verbatim, SparkSettings.defaults(), titles));

        assertThat(TestSteps.maskedCommand(plan, "s"))
                .endsWith("--in", "s3://b/t/part", "workspace:/output/pipeline/<run>/s", "workspace");
    }

    @Test
    void masksASecretInThePlanAndInTheFingerprint() {
        Arguments flags = new Arguments.Flags(
                List.of(new Arguments.Flag("db-password", List.of(Argument.of(new Argument.Secret("hunter2"))))));
        ExecutionPlan plan = plan(TestSteps.step("s", flags, SparkSettings.defaults()));

        assertThat(TestSteps.maskedCommand(plan, "s")).containsSubsequence("--db-password", "****");
        assertThat(plan.toString()).doesNotContain("hunter2");
        assertThat(plan.steps().get(0).sparkSubmit().command().stream()
                        .map(argument -> argument.resolve(PlaceholderUris.forDisplay(plan))))
                .contains("hunter2");
    }

    @Test
    void repeatsAFlagForEachValueAndSupportsBareFlags() {
        Arguments flags = new Arguments.Flags(List.of(
                new Arguments.Flag("stop", List.of(Argument.literal("a"), Argument.literal("b"))),
                new Arguments.Flag("v", List.of())));
        ExecutionPlan plan = plan(TestSteps.step("s", flags, SparkSettings.defaults()));

        assertThat(TestSteps.maskedCommand(plan, "s")).endsWith("--stop", "a", "--stop", "b", "-v");
    }

    @Test
    void keepsTheFileNameOfALegacyInput() {
        Path mask = Path.of("/project/data/usa.png");
        FileHashes hashes = new FileHashes(Map.of(TestSteps.JAR, "c0de", mask, "feed"));
        Input kept = new Input("local_input", new FileRef.Local(mask), "", true);
        Input hashed = new Input("mask", new FileRef.Local(mask), "");
        ExecutionPlan plan = Planner.plan(new Pipeline("p", List.of(TestSteps.step("s", kept, hashed))), hashes);

        assertThat(plan.steps().get(0).uploads())
                .contains(new Upload(mask, "input/usa.png"), new Upload(mask, "input/feed/usa.png"));
    }

    @Test
    void needsNoHashesForAStepThatDoesNotRun() {
        Step disabled = new Step(
                new StepName("s"),
                "",
                new Program.Python(new FileRef.Local(Path.of("/nowhere/x.py"))),
                List.of(),
                TestSteps.AUTOMATIC,
                new Arguments.Flags(List.of()),
                Set.of(),
                SparkSettings.defaults(),
                FailurePolicy.DEFAULT,
                "disabled");
        ExecutionPlan plan = Planner.plan(new Pipeline("p", List.of(disabled)), new FileHashes(Map.of()));

        assertThat(plan.steps().get(0).uploads()).isEmpty();
        assertThat(plan.steps().get(0).skipReason()).isEqualTo("disabled");
    }

    @Test
    void theFingerprintReportsWhatChanged() {
        ExecutionPlan before = plan(withMaxWords("300"), TestSteps.step("counts", TestSteps.from("words", "words")));
        ExecutionPlan after = plan(withMaxWords("500"), TestSteps.step("counts", TestSteps.from("words", "words")));

        assertThat(fingerprint(after, "words").changesSince(fingerprint(before, "words")))
                .isEqualTo("args.max-words changed: 300 → 500");
        assertThat(fingerprint(after, "counts")).isNotEqualTo(fingerprint(before, "counts"));
    }

    @Test
    void theFailurePolicyIsNotPartOfTheFingerprint() {
        Step once = TestSteps.step("s");
        Step thrice = new Step(
                once.name(),
                "another description",
                once.program(),
                once.inputs(),
                once.output(),
                once.arguments(),
                once.after(),
                once.settings(),
                new FailurePolicy(FailurePolicy.OnFailure.CONTINUE, 3, null),
                "");

        assertThat(fingerprint(plan(once), "s")).isEqualTo(fingerprint(plan(thrice), "s"));
    }

    @Test
    void repeatsTheFlagForEachInstanceOfALoop() {
        ExecutionPlan plan = plan(loopReader(new Arguments.Flags(List.of()), "at", "de"));

        assertThat(TestSteps.maskedCommand(plan, "all"))
                .containsSubsequence(
                        "--sums",
                        "workspace:/output/pipeline/<run>/sums.region=at",
                        "--sums",
                        "workspace:/output/pipeline/<run>/sums.region=de",
                        "--output");
        assertThat(plan.find(new StepName("all")).orElseThrow().inputs().get(0).origin())
                .isEqualTo("steps sums (2)");
    }

    @Test
    void anInputThatIsAListBecomesOneVerbatimArgumentForEachUri() {
        Arguments arguments = new Arguments.Verbatim(
                List.of(Argument.literal("merge"), Argument.of(new Argument.InputUri("sums")), Argument.literal("-v")));

        assertThat(TestSteps.maskedCommand(plan(loopReader(arguments, "at", "de")), "all"))
                .containsSubsequence(
                        "merge",
                        "workspace:/output/pipeline/<run>/sums.region=at",
                        "workspace:/output/pipeline/<run>/sums.region=de",
                        "-v");
    }

    @Test
    void theFingerprintNamesTheInstanceThatWasAdded() {
        Fingerprint before = fingerprint(loopReader(new Arguments.Flags(List.of()), "at"));
        Fingerprint after = fingerprint(loopReader(new Arguments.Flags(List.of()), "at", "de"));

        assertThat(after.changesSince(before))
                .matches("inputs\\.sums\\[region=de] added: step sums\\[region=de] [0-9a-f]+");
    }

    private static Fingerprint fingerprint(Step... steps) {
        return plan(steps).find(new StepName("all")).orElseThrow().fingerprint();
    }

    /** Instances of a loop, and a step that reads all of them. */
    private static Step[] loopReader(Arguments arguments, String... regions) {
        List<StepName> instances = Stream.of(regions)
                .map(region -> new StepName("sums").instance(Map.of("region", region)))
                .toList();
        Source all = new Source.FromInstances(
                instances.stream().map(name -> new Source.FromStep(name, "")).toList());
        return Stream.concat(
                        instances.stream().map(name -> TestSteps.step(name.value())),
                        Stream.of(
                                TestSteps.step("all", arguments, SparkSettings.defaults(), new Input("sums", all, ""))))
                .toArray(Step[]::new);
    }

    @Test
    void usesTheOutputUriOfTheStepUnchanged() {
        Step step = TestSteps.withOutput(
                TestSteps.step("s"),
                new Output(new Output.AtUri("s3://mine/here"), "s3-output-dir", "parquet", Overwrite.RESULTS));

        assertThat(TestSteps.maskedCommand(plan(step), "s")).endsWith("--s3-output-dir", "s3://mine/here");
    }

    private static Step withMaxWords(String maxWords) {
        return TestSteps.step(
                "words",
                new Arguments.Flags(List.of(new Arguments.Flag("max-words", List.of(Argument.literal(maxWords))))),
                SparkSettings.defaults());
    }

    private static Fingerprint fingerprint(ExecutionPlan plan, String step) {
        return plan.find(new StepName(step)).orElseThrow().fingerprint();
    }

    private static ExecutionPlan plan(Step... steps) {
        return Planner.plan(new Pipeline("pipeline", List.of(steps)), TestSteps.HASHES);
    }
}
