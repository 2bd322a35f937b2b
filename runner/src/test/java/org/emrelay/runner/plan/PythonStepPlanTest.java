package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.junit.jupiter.api.Test;

class PythonStepPlanTest {
    private static final Path SCRIPT = Path.of("/project/count.py");
    private static final Path WHEEL = Path.of("/project/dist/words-1.0-py3-none-any.whl");
    private static final Path MODULES = Path.of("/project/lib");
    private static final FileHashes HASHES = new FileHashes(Map.of(SCRIPT, "5c", WHEEL, "77"), Map.of(MODULES, "3d"));

    @Test
    void requirementsAndVersionArePartOfTheFingerprintWithoutPathsOfThisMachine() {
        PlannedStep step = plan(
                dependencies(
                        "3.11",
                        new Requirement.Line("pandas==2.2.3"),
                        new Requirement.PackageFile("", new FileRef.Local(WHEEL), " ; python_version < '4'"),
                        new Requirement.PackageDirectory(Path.of("/project/dist"))),
                SparkSettings.defaults());

        assertThat(step.fingerprint().components())
                .containsEntry(
                        "requirements",
                        "pandas==2.2.3, words-1.0-py3-none-any.whl@77 ; python_version < '4', --find-links")
                .containsEntry("python", "3.11");
        assertThat(step.sparkSubmit().python().requirements())
                .containsExactly(
                        Argument.literal("pandas==2.2.3"),
                        Argument.of(
                                new Argument.Literal(""),
                                new Argument.UploadedFile("scripts/77/words-1.0-py3-none-any.whl"),
                                new Argument.Literal(" ; python_version < '4'")),
                        Argument.literal("--find-links /project/dist"));
        assertThat(step.uploads()).contains(new Upload(WHEEL, "scripts/77/words-1.0-py3-none-any.whl"));
    }

    @Test
    void aDirectoryOfModulesIsUploadedAsAZip() {
        PlannedStep step = plan(
                PythonDependencies.none(),
                SparkSettings.<NamedFile>defaults()
                        .with(FileOption.PY_FILES, List.of(new NamedFile(new FileRef.Modules(MODULES), ""))));

        assertThat(step.uploads()).contains(new Upload(MODULES, "scripts/3d/lib.zip", Upload.Form.MODULES));
        assertThat(step.fingerprint().components()).containsEntry("py_files", "lib.zip@3d");
        assertThat(command(step)).contains("--py-files workspace:/scripts/3d/lib.zip");
    }

    @Test
    void aVersionNamesTheInterpreterOfTheCluster() {
        assertThat(command(plan(dependencies("3.11"), SparkSettings.defaults())))
                .isEqualTo("spark-submit --deploy-mode cluster --conf spark.pyspark.python=python3.11"
                        + " workspace:/scripts/5c/count.py");
    }

    @Test
    void theArchiveIsAddedToTheUsersArchivesAndSearchPath() {
        PythonDependencies<Requirement> pandas = dependencies("", new Requirement.Line("pandas"));
        String archive = " --archives workspace:/scripts/ab/python.zip#emrelay_python";

        assertThat(withArchive(plan(pandas, SparkSettings.defaults())))
                .isEqualTo(
                        "spark-submit --deploy-mode cluster --conf spark.yarn.appMasterEnv.PYTHONPATH=./emrelay_python"
                                + " --conf spark.executorEnv.PYTHONPATH=./emrelay_python" + archive
                                + " workspace:/scripts/5c/count.py");
        assertThat(withArchive(plan(
                        pandas,
                        SparkSettings.<NamedFile>defaults()
                                .withConf(Map.of("spark.executorEnv.PYTHONPATH", Argument.literal("./mine")))
                                .with(
                                        FileOption.ARCHIVES,
                                        List.of(new NamedFile(new FileRef.Remote("s3://x/env.zip"), "env"))))))
                .isEqualTo(
                        "spark-submit --deploy-mode cluster --conf spark.executorEnv.PYTHONPATH=./mine:./emrelay_python"
                                + " --conf spark.yarn.appMasterEnv.PYTHONPATH=./emrelay_python --archives"
                                + " s3://x/env.zip#env,workspace:/scripts/ab/python.zip#emrelay_python"
                                + " workspace:/scripts/5c/count.py");
        assertThat(withArchive(plan(
                        pandas,
                        SparkSettings.<NamedFile>defaults().withEnv(Map.of("PYTHONPATH", Argument.literal("./mine"))))))
                .isEqualTo("spark-submit --deploy-mode cluster --conf"
                        + " spark.yarn.appMasterEnv.PYTHONPATH=./mine:./emrelay_python --conf"
                        + " spark.executorEnv.PYTHONPATH=./mine:./emrelay_python" + archive
                        + " workspace:/scripts/5c/count.py");
    }

    private static String withArchive(PlannedStep step) {
        return text(step.sparkSubmit().withPythonArchive("scripts/ab/python.zip"));
    }

    private static String command(PlannedStep step) {
        return text(step.sparkSubmit());
    }

    private static String text(SparkSubmit submit) {
        PlaceholderUris uris = PlaceholderUris.forDisplay(new ExecutionPlan("p", Map.of(), List.of(), List.of()));
        return String.join(
                " ",
                submit.command().stream().map(argument -> argument.masked(uris)).toList());
    }

    private static PythonDependencies<Requirement> dependencies(String version, Requirement... requirements) {
        return new PythonDependencies<>(List.of(requirements), List.of(), version);
    }

    private static PlannedStep plan(PythonDependencies<Requirement> dependencies, SparkSettings<NamedFile> settings) {
        Step step = TestSteps.step("s", new Arguments.Verbatim(List.of()), settings);
        Step python = new Step(
                step.name(),
                step.description(),
                new Program.Python(new FileRef.Local(SCRIPT), dependencies),
                step.inputs(),
                step.output(),
                step.arguments(),
                step.after(),
                step.settings(),
                step.failurePolicy(),
                step.skipReason());
        return Planner.plan(new Pipeline("p", List.of(python)), HASHES).steps().get(0);
    }
}
