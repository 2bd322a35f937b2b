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
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

final class PlannerPropertyTest {

    @Provide
    Arbitrary<Pipeline> pipelines() {
        return PipelineArbitraries.pipelines();
    }

    @Property
    void everyStepComesAfterItsDependencies(@ForAll("pipelines") Pipeline pipeline) {
        Set<StepName> seen = new HashSet<>();
        for (PlannedStep step : plan(pipeline).steps()) {
            assertThat(seen).containsAll(step.dependencies());
            seen.add(step.name());
        }
        assertThat(seen).hasSameSizeAs(pipeline.steps());
    }

    @Property
    void tiesKeepTheOrderOfTheFile(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        List<StepName> fileOrder = pipeline.steps().stream().map(Step::name).toList();
        Set<StepName> seen = new HashSet<>();

        assertThat(plan.fileOrder()).isEqualTo(fileOrder);
        for (PlannedStep step : plan.steps()) {
            StepName first = fileOrder.stream()
                    .filter(name -> !seen.contains(name))
                    .filter(name ->
                            seen.containsAll(plan.find(name).orElseThrow().dependencies()))
                    .findFirst()
                    .orElseThrow();
            assertThat(step.name()).isEqualTo(first);
            seen.add(step.name());
        }
    }

    @Property
    void planningIsDeterministic(@ForAll("pipelines") Pipeline pipeline) {
        assertThat(plan(pipeline)).isEqualTo(plan(pipeline));
    }

    @Property
    void theOrderOfTheFileAffectsNoCommandOrFingerprint(@ForAll("pipelines") Pipeline pipeline) {
        List<Step> reversed = new ArrayList<>(pipeline.steps());
        java.util.Collections.reverse(reversed);

        assertThat(plan(new Pipeline(pipeline.name(), reversed)).byName())
                .isEqualTo(plan(pipeline).byName());
    }

    @Property
    void everyReferencedOutputIsOfTheStepOrADependency(@ForAll("pipelines") Pipeline pipeline) {
        for (PlannedStep step : plan(pipeline).steps()) {
            Stream.concat(
                            step.inputs().stream().flatMap(input -> input.uris().stream()),
                            step.sparkSubmit().command().stream())
                    .flatMap(argument -> argument.parts().stream())
                    .filter(Argument.StepOutput.class::isInstance)
                    .map(part -> ((Argument.StepOutput) part).step())
                    .filter(name -> !name.equals(step.name()))
                    .forEach(name -> assertThat(step.dependencies()).contains(name));
            assertThat(step.dependencies()).containsAll(step.inputSteps());
        }
    }

    @Property
    void everyReferencedFileIsUploadedOnce(@ForAll("pipelines") Pipeline pipeline) {
        for (PlannedStep step : plan(pipeline).steps()) {
            assertThat(step.uploads()).doesNotHaveDuplicates();
            if (!step.runs()) {
                assertThat(step.uploads()).isEmpty();
                continue;
            }
            Set<String> paths = new HashSet<>();
            step.uploads().forEach(upload -> paths.add(upload.path()));
            for (String reference : referencedPaths(step)) {
                assertThat(paths).anyMatch(path -> matches(path, reference));
            }
            for (String path : paths) {
                assertThat(referencedPaths(step)).anyMatch(reference -> matches(path, reference));
            }
        }
    }

    private static Set<String> referencedPaths(PlannedStep step) {
        Set<String> references = new LinkedHashSet<>();
        Stream.concat(
                        step.inputs().stream().flatMap(input -> input.uris().stream()),
                        step.sparkSubmit().command().stream())
                .flatMap(argument -> argument.parts().stream())
                .filter(Argument.UploadedFile.class::isInstance)
                .forEach(part -> references.add(((Argument.UploadedFile) part).path()));
        return references;
    }

    private static boolean matches(String path, String reference) {
        return reference.endsWith("/*.jar")
                ? path.startsWith(reference.substring(0, reference.length() - "*.jar".length()))
                : path.equals(reference);
    }

    @Property
    void everyLocalFileOfAStepIsUploaded(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        for (Step step : pipeline.steps()) {
            if (step.runs()) {
                List<Path> sources = plan.find(step.name()).orElseThrow().uploads().stream()
                        .map(Upload::source)
                        .toList();
                assertThat(sources)
                        .containsAll(FileHashes.filesOf(new Pipeline("one", List.of(withoutUpstream(step)))));
            }
        }
    }

    /** The step without its inputs from other steps. */
    private static Step withoutUpstream(Step step) {
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
                step.skipReason());
    }

    @Property
    void differentContentHasDifferentPaths(@ForAll("pipelines") Pipeline pipeline) {
        Map<String, Path> sources = new java.util.HashMap<>();
        for (PlannedStep step : plan(pipeline).steps()) {
            for (Upload upload : step.uploads()) {
                // Inputs that keep their name are not content-addressed; the parser rejects two of the same name.
                if (!upload.path().matches("input/[^/]+")) {
                    assertThat(sources.getOrDefault(upload.path(), upload.source()))
                            .isEqualTo(upload.source());
                    sources.put(upload.path(), upload.source());
                }
            }
        }
    }

    @Property
    void failurePolicyDescriptionAndAfterDoNotAffectTheFingerprint(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 9) int retries) {
        List<Step> others = pipeline.steps().stream()
                .map(step -> new Step(
                        step.name(),
                        step.description() + ", described differently",
                        step.program(),
                        step.inputs(),
                        step.output(),
                        step.arguments(),
                        Set.of(),
                        step.settings(),
                        new FailurePolicy(OnFailure.CONTINUE, retries, Duration.ofMinutes(1)),
                        step.skipReason()))
                .toList();

        assertThat(fingerprints(new Pipeline(pipeline.name(), others))).isEqualTo(fingerprints(pipeline));
    }

    @Property
    void aChangedFileAffectsExactlyItsStepsAndTheirDownstreamSteps(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 4) int number) {
        Path file = PipelineArbitraries.hashes().hashes().keySet().stream()
                .sorted()
                .toList()
                .get(number);
        Set<StepName> touched = new HashSet<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()
                    && FileHashes.filesOf(new Pipeline("one", List.of(withoutUpstream(step))))
                            .contains(file)) {
                touched.add(step.name());
            }
        }
        ExecutionPlan after = Planner.plan(pipeline, PipelineArbitraries.hashesWithChanged(file));

        assertThat(changed(plan(pipeline), after)).isEqualTo(withDownstream(touched, pipeline));
    }

    @Property
    void aChangedSettingAffectsExactlyItsStepAndItsDownstreamSteps(
            @ForAll("pipelines") Pipeline pipeline, @ForAll @IntRange(max = 8) int number) {
        Step changed = pipeline.steps().get(number % pipeline.steps().size());
        List<Step> steps = pipeline.steps().stream()
                .map(step -> step.equals(changed) ? withConf(step) : step)
                .toList();

        assertThat(changed(plan(pipeline), plan(new Pipeline(pipeline.name(), steps))))
                .isEqualTo(withDownstream(new HashSet<>(Set.of(changed.name())), pipeline));
    }

    private static Step withConf(Step step) {
        return new Step(
                step.name(),
                step.description(),
                step.program(),
                step.inputs(),
                step.output(),
                step.arguments(),
                step.after(),
                step.settings().withConf(Map.of("spark.y", Argument.literal("another"))),
                step.failurePolicy(),
                step.skipReason());
    }

    @Provide
    Arbitrary<Arguments> arguments() {
        return PipelineArbitraries.arguments();
    }

    @Property
    void fingerprintsAreEqualExactlyWhenTheCommandsAreEqual(
            @ForAll("arguments") Arguments left, @ForAll("arguments") Arguments right) {
        PlannedStep one = planned(left);
        PlannedStep other = planned(right);

        assertThat(one.fingerprint().value().equals(other.fingerprint().value()))
                .isEqualTo(left.getClass().equals(right.getClass())
                        && one.sparkSubmit()
                                .command()
                                .equals(other.sparkSubmit().command()));
    }

    private static PlannedStep planned(Arguments arguments) {
        Step step = TestSteps.step("s", arguments, SparkSettings.defaults());
        return Planner.plan(new Pipeline("p", List.of(step)), TestSteps.HASHES)
                .steps()
                .get(0);
    }

    @Property
    void thereAreNoChangesExactlyWhenTheFingerprintsAreEqual(
            @ForAll("pipelines") Pipeline left, @ForAll("pipelines") Pipeline right) {
        for (PlannedStep one : plan(left).steps()) {
            for (PlannedStep other : plan(right).steps()) {
                assertThat(one.fingerprint().changesSince(other.fingerprint()).isEmpty())
                        .isEqualTo(one.fingerprint()
                                .value()
                                .equals(other.fingerprint().value()));
            }
        }
    }

    @Property
    void secretsAreNeverPrinted(@ForAll("pipelines") Pipeline pipeline) {
        ExecutionPlan plan = plan(pipeline);
        PlaceholderUris uris = PlaceholderUris.forDisplay(plan);

        assertThat(plan.toString()).doesNotContain("hidden");
        for (PlannedStep step : plan.steps()) {
            assertThat(step.sparkSubmit().command().stream().map(argument -> argument.masked(uris)))
                    .noneMatch(text -> text.contains("hidden"));
        }
    }

    private static ExecutionPlan plan(Pipeline pipeline) {
        return Planner.plan(pipeline, PipelineArbitraries.hashes());
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

    private static Set<StepName> withDownstream(Set<StepName> touched, Pipeline pipeline) {
        int sizeBefore;
        do {
            sizeBefore = touched.size();
            for (Step step : pipeline.steps()) {
                boolean reads = step.inputs().stream()
                        .anyMatch(input ->
                                input.source() instanceof Source.FromStep from && touched.contains(from.step()));
                if (reads) {
                    touched.add(step.name());
                }
            }
        } while (touched.size() > sizeBefore);
        return touched;
    }
}
