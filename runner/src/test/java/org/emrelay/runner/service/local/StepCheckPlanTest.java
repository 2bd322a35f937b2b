package org.emrelay.runner.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.plan.Upload;
import org.junit.jupiter.api.Test;

final class StepCheckPlanTest {
    private static final Path JAR = Path.of("/project/jobs.jar");
    private static final Path TITLES = Path.of("/project/titles.csv");
    private static final Path A = Path.of("/project/lib/a.jar");
    private static final Path B = Path.of("/project/lib/b.jar");
    private static final Path SCRIPT = Path.of("/project/words.py");
    private static final Path MODULES = Path.of("/project/lib");
    private static final FileHashes HASHES =
            new FileHashes(Map.of(JAR, "1", TITLES, "2", A, "3", B, "4", SCRIPT, "5"), Map.of(MODULES, "6"));
    private static final StepName WORDS = new StepName("words");
    private static final StepName COUNTS = new StepName("counts");

    private static final Input FROM_WORDS = new Input("words", new Source.FromStep(WORDS, "part"), "");

    private static Step step(StepName name, FileRef program, String skipReason, Input... inputs) {
        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(
                        FileOption.JARS,
                        List.of(new NamedFile(new FileRef.Local(A), ""), new NamedFile(new FileRef.Local(B), "")));
        return new Step(
                name,
                "",
                new Program.Jar(program, "Main"),
                List.of(inputs),
                new Output(new Output.AtUri("s3://b/out"), "output", "", Overwrite.ANY),
                new Arguments.Verbatim(List.of(
                        Argument.of(new Argument.Literal("--in="), new Argument.InputUri(inputs[0].name())),
                        Argument.of(new Argument.OutputUri()))),
                Set.of(),
                settings,
                FailurePolicy.DEFAULT,
                skipReason);
    }

    private static Step step(StepName name, Input... inputs) {
        return step(name, new FileRef.Local(JAR), "", inputs);
    }

    private static StepCheckPlan checks(Map<StepName, String> results, Step... steps) {
        ExecutionPlan plan = Planner.plan(new Pipeline("p", List.of(steps)), HASHES);
        return new StepCheckPlan(plan, Map.of(WORDS, "--check", COUNTS, "-n"), results);
    }

    private static List<String> arguments(ExecutionPlan plan, StepName step) {
        return plan.find(step).orElseThrow().sparkSubmit().arguments().stream()
                .map(argument -> argument.resolve(PlaceholderUris.forDisplay(plan)))
                .toList();
    }

    @Test
    void everyStepRunsOnItsOwnWithTheFilesOfThisComputer() {
        ExecutionPlan checks = checks(
                        Map.of(),
                        step(WORDS, new Input("titles", new FileRef.Local(TITLES), "")),
                        step(COUNTS, FROM_WORDS))
                .checks();

        assertThat(arguments(checks, WORDS)).containsExactly("--in=/project/titles.csv", "/dev/null/words", "--check");
        assertThat(arguments(checks, COUNTS)).containsExactly("--in=/dev/null/words/part", "/dev/null/counts", "-n");
        PlannedStep counts = checks.find(COUNTS).orElseThrow();
        assertThat(counts.dependencies()).isEmpty();
        assertThat(counts.uploads()).isEmpty();
        assertThat(counts.output().destination()).isEqualTo(new Output.Automatic());
        assertThat(counts.sparkSubmit().program()).isEqualTo(Argument.literal("/project/jobs.jar"));
        assertThat(counts.sparkSubmit().settings().get(FileOption.JARS))
                .containsExactly(Argument.literal("/project/lib/a.jar,/project/lib/b.jar"));
    }

    @Test
    void aDirectoryOfModulesIsZippedAsInARun() {
        Step step = new Step(
                WORDS,
                "",
                new Program.Python(new FileRef.Local(SCRIPT)),
                List.of(),
                new Output(new Output.Automatic(), "output", "", Overwrite.NONE),
                new Arguments.Verbatim(List.of()),
                Set.of(),
                SparkSettings.<NamedFile>defaults()
                        .with(FileOption.PY_FILES, List.of(new NamedFile(new FileRef.Modules(MODULES), ""))),
                FailurePolicy.DEFAULT,
                "");

        PlannedStep check = checks(Map.of(), step).checks().find(WORDS).orElseThrow();

        assertThat(check.uploads()).containsExactly(new Upload(MODULES, "scripts/6/lib.zip", Upload.Form.MODULES));
        assertThat(check.sparkSubmit().settings().get(FileOption.PY_FILES))
                .containsExactly(Argument.of(new Argument.UploadedFile("scripts/6/lib.zip")));
        assertThat(check.sparkSubmit().program()).isEqualTo(Argument.literal("/project/words.py"));
    }

    @Test
    void readsEarlierResultsThatARunWouldReuse() {
        ExecutionPlan checks = checks(
                        Map.of(WORDS, "/ws/output/p/r1/words"),
                        step(WORDS, new Input("titles", new FileRef.Local(TITLES), "")),
                        step(COUNTS, FROM_WORDS))
                .checks();

        assertThat(arguments(checks, COUNTS)).startsWith("--in=/ws/output/p/r1/words/part");
    }

    @Test
    void dataElsewhereIsNotAtHand() {
        ExecutionPlan checks = checks(
                        Map.of(), step(WORDS, new Input("titles", new FileRef.Remote("s3://b/t.csv"), "")))
                .checks();

        assertThat(arguments(checks, WORDS)).startsWith("--in=/dev/null/remote");
    }

    @Test
    void namesTheInputsThatAreElsewhere() {
        StepCheckPlan plan = checks(
                Map.of(),
                step(WORDS, new Input("titles", new FileRef.Remote("s3://b/t.csv"), "")),
                step(COUNTS, new Input("words", new FileRef.Remote("file:/w.csv"), "")),
                step(new StepName("own"), new Input("titles", new FileRef.Remote("s3://b/t.csv"), "")));

        assertThat(plan.unread()).isEqualTo(Map.of("words.titles", "s3://b/t.csv"));
    }

    @Test
    void saysWhyAStepIsNotChecked() {
        Input titles = new Input("titles", new FileRef.Local(TITLES), "");

        assertThat(checks(
                                Map.of(),
                                step(WORDS, new FileRef.Remote("s3://b/jobs.jar"), "", titles),
                                step(new StepName("own"), titles),
                                step(COUNTS, new FileRef.Local(JAR), "disabled", titles))
                        .unchecked())
                .isEqualTo(
                        Map.of(WORDS, "its program is not on this computer", new StepName("own"), "declares no check"));
    }
}
