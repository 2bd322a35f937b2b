package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;

final class PlannerPropertyTest {

    @Provide
    Arbitrary<Pipeline> pipelines() {
        return PipelineArbitraries.pipelines();
    }

    @Property
    void everyStepComesAfterAllThatItDependsOn(@ForAll("pipelines") Pipeline pipeline) {
        Set<StepName> before = new HashSet<>();
        for (PlannedStep step : plan(pipeline).steps()) {
            assertThat(before).containsAll(step.dependencies());
            before.add(step.name());
        }
        assertThat(before).hasSameSizeAs(pipeline.steps());
    }

    @Property
    void theFilesOrderHoldsWhereverItCan(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        List<StepName> fileOrder = pipeline.steps().stream().map(Step::name).toList();
        Set<StepName> before = new HashSet<>();

        assertThat(plan.fileOrder()).isEqualTo(fileOrder);
        for (PlannedStep step : plan.steps()) {
            StepName first = fileOrder.stream()
                    .filter(name -> !before.contains(name))
                    .filter(name ->
                            before.containsAll(plan.find(name).orElseThrow().dependencies()))
                    .findFirst()
                    .orElseThrow();
            assertThat(step.name()).isEqualTo(first);
            before.add(step.name());
        }
    }

    @Property
    void thePlanIsAlwaysTheSame(@ForAll("pipelines") Pipeline pipeline) {
        assertThat(plan(pipeline)).isEqualTo(plan(pipeline));
    }

    @Property
    void theFilesOrderChangesNoCommandAndNoFingerprint(@ForAll("pipelines") Pipeline pipeline) {
        List<Step> reversed = new ArrayList<>(pipeline.steps());
        java.util.Collections.reverse(reversed);

        assertThat(plan(new Pipeline(pipeline.name(), reversed)).byName())
                .isEqualTo(plan(pipeline).byName());
    }

    @Property
    void everyOutputThatAWordNamesIsItsOwnOrADependencys(@ForAll("pipelines") Pipeline pipeline) {
        for (PlannedStep step : plan(pipeline).steps()) {
            Stream.concat(
                            step.inputs().stream().map(PlannedStep.PlannedInput::uri),
                            step.submission().command().stream())
                    .flatMap(word -> word.pieces().stream())
                    .filter(Argument.OutputOf.class::isInstance)
                    .map(piece -> ((Argument.OutputOf) piece).step())
                    .filter(name -> !name.equals(step.name()))
                    .forEach(name -> assertThat(step.dependencies()).contains(name));
            assertThat(step.dependencies()).containsAll(step.reads());
        }
    }

    @Property
    void everyUploadedFileThatAWordNamesIsUploadedOnce(@ForAll("pipelines") Pipeline pipeline) {
        for (PlannedStep step : plan(pipeline).steps()) {
            assertThat(step.uploads()).doesNotHaveDuplicates();
            if (!step.runs()) {
                assertThat(step.uploads()).isEmpty();
                continue;
            }
            Set<String> places = new HashSet<>();
            step.uploads().forEach(upload -> places.add(upload.path()));
            for (String named : uploadsNamed(step)) {
                assertThat(places).anyMatch(place -> matches(place, named));
            }
            for (String place : places) {
                assertThat(uploadsNamed(step)).anyMatch(named -> matches(place, named));
            }
        }
    }

    private static Set<String> uploadsNamed(PlannedStep step) {
        Set<String> named = new LinkedHashSet<>();
        Stream.concat(step.inputs().stream().map(PlannedStep.PlannedInput::uri), step.submission().command().stream())
                .flatMap(word -> word.pieces().stream())
                .filter(Argument.Uploaded.class::isInstance)
                .forEach(piece -> named.add(((Argument.Uploaded) piece).path()));
        return named;
    }

    private static boolean matches(String place, String named) {
        return named.endsWith("/*.jar")
                ? place.startsWith(named.substring(0, named.length() - "*.jar".length()))
                : place.equals(named);
    }

    @Property
    void everyJarThatAStepNamesIsUploaded(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        for (Step step : pipeline.steps()) {
            if (step.runs()) {
                List<Path> sources = plan.find(step.name()).orElseThrow().uploads().stream()
                        .map(Upload::source)
                        .toList();
                assertThat(sources).containsAll(ReferencedFiles.of(new Pipeline("one", List.of(alone(step)))));
            }
        }
    }

    /** The step without what it has from others. */
    private static Step alone(Step step) {
        List<Input> own = step.inputs().stream()
                .filter(input -> !(input.source() instanceof Source.FromStep))
                .toList();
        return new Step(
                step.name(),
                step.description(),
                step.program(),
                own,
                step.output(),
                step.arguments(),
                Set.of(),
                step.settings(),
                step.failurePolicy(),
                step.notRun());
    }

    @Property
    void placesOfDifferentContentDiffer(@ForAll("pipelines") Pipeline pipeline) {
        Map<String, Path> sources = new java.util.HashMap<>();
        for (PlannedStep step : plan(pipeline).steps()) {
            for (Upload upload : step.uploads()) {
                // What keeps its bare name is told apart by the reader of the file, which refuses two of one name.
                if (!upload.path().matches("input/[^/]+")) {
                    assertThat(sources.getOrDefault(upload.path(), upload.source()))
                            .isEqualTo(upload.source());
                    sources.put(upload.path(), upload.source());
                }
            }
        }
    }

    @Property
    void thePolicyTheDescriptionAndTheOrderingWithoutDataDoNotMatter(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 9) int retries) {
        List<Step> others = pipeline.steps().stream()
                .map(step -> new Step(
                        step.name(),
                        step.description() + " described better",
                        step.program(),
                        step.inputs(),
                        step.output(),
                        step.arguments(),
                        Set.of(),
                        step.settings(),
                        new FailurePolicy(OnFailure.CONTINUE, retries, Duration.ofMinutes(1)),
                        step.notRun()))
                .toList();

        assertThat(fingerprints(new Pipeline(pipeline.name(), others))).isEqualTo(fingerprints(pipeline));
    }

    @Property
    void aChangedFileChangesExactlyTheStepsThatUseItAndThoseBelow(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 4) int number) {
        Path file = PipelineArbitraries.facts().contents().keySet().stream()
                .sorted()
                .toList()
                .get(number);
        Set<StepName> touched = new HashSet<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()
                    && ReferencedFiles.of(new Pipeline("one", List.of(alone(step))))
                            .contains(file)) {
                touched.add(step.name());
            }
        }
        ExecutionPlan after = Planner.plan(pipeline, PipelineArbitraries.factsWithChanged(file));

        assertThat(changed(plan(pipeline), after)).isEqualTo(withAllThatRead(touched, pipeline));
    }

    @Property
    void aChangedSettingChangesExactlyItsStepAndThoseBelow(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 8) int number) {
        Step changed = pipeline.steps().get(number % pipeline.steps().size());
        List<Step> steps = pipeline.steps().stream()
                .map(step -> step.equals(changed) ? withConf(step) : step)
                .toList();

        assertThat(changed(plan(pipeline), plan(new Pipeline(pipeline.name(), steps))))
                .isEqualTo(withAllThatRead(new HashSet<>(Set.of(changed.name())), pipeline));
    }

    private static Step withConf(Step step) {
        SparkSettings settings = step.settings();
        return new Step(
                step.name(),
                step.description(),
                step.program(),
                step.inputs(),
                step.output(),
                step.arguments(),
                step.after(),
                new SparkSettings(
                        settings.executorMemory(),
                        settings.executorCores(),
                        settings.numExecutors(),
                        settings.driverMemory(),
                        settings.deployMode(),
                        Map.of("spark.y", Template.literal("another")),
                        settings.packages(),
                        settings.jars(),
                        settings.pyFiles(),
                        settings.files(),
                        settings.archives(),
                        settings.env()),
                step.failurePolicy(),
                step.notRun());
    }

    @Provide
    Arbitrary<Arguments> arguments() {
        return PipelineArbitraries.arguments();
    }

    @Property
    void argumentsHaveTheSameFingerprintExactlyWhenTheyMakeTheSameCommand(
            @ForAll("arguments") Arguments left, @ForAll("arguments") Arguments right) {
        PlannedStep one = planned(left);
        PlannedStep other = planned(right);

        assertThat(one.fingerprint().value().equals(other.fingerprint().value()))
                .isEqualTo(left.getClass().equals(right.getClass())
                        && one.submission().command().equals(other.submission().command()));
    }

    private static PlannedStep planned(Arguments arguments) {
        Step step = Steps.step("s", arguments, SparkSettings.defaults());
        return Planner.plan(new Pipeline("p", List.of(step)), Steps.FACTS)
                .steps()
                .get(0);
    }

    @Property
    void theDifferenceIsEmptyExactlyWhenTheFingerprintsAreEqual(
            @ForAll("pipelines") Pipeline left, @ForAll("pipelines") Pipeline right) {
        for (PlannedStep one : plan(left).steps()) {
            for (PlannedStep other : plan(right).steps()) {
                assertThat(one.fingerprint().difference(other.fingerprint()).isEmpty())
                        .isEqualTo(one.fingerprint()
                                .value()
                                .equals(other.fingerprint().value()));
            }
        }
    }

    @Property
    void noSecretIsEverShown(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        PlaceholderUris places = PlaceholderUris.shown(plan);

        assertThat(plan.toString()).doesNotContain("hidden");
        for (PlannedStep step : plan.steps()) {
            assertThat(step.submission().command().stream().map(word -> word.masked(places)))
                    .noneMatch(word -> word.contains("hidden"));
        }
    }

    private static ExecutionPlan plan(Pipeline pipeline) {
        return Planner.plan(pipeline, PipelineArbitraries.facts());
    }

    private static Map<StepName, String> fingerprints(Pipeline pipeline) {
        Map<StepName, String> fingerprints = new java.util.TreeMap<>();
        plan(pipeline)
                .steps()
                .forEach(
                        step -> fingerprints.put(step.name(), step.fingerprint().value()));
        return fingerprints;
    }

    private static Set<StepName> changed(ExecutionPlan before, ExecutionPlan after) {
        Set<StepName> changed = new HashSet<>();
        for (PlannedStep step : after.steps()) {
            if (!before.find(step.name()).orElseThrow().fingerprint().equals(step.fingerprint())) {
                changed.add(step.name());
            }
        }
        return changed;
    }

    private static Set<StepName> withAllThatRead(Set<StepName> touched, Pipeline pipeline) {
        int before;
        do {
            before = touched.size();
            for (Step step : pipeline.steps()) {
                boolean reads = step.inputs().stream()
                        .anyMatch(input ->
                                input.source() instanceof Source.FromStep from && touched.contains(from.step()));
                if (reads) {
                    touched.add(step.name());
                }
            }
        } while (touched.size() > before);
        return touched;
    }
}
