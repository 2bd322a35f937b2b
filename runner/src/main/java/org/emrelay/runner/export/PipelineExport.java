package org.emrelay.runner.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.export.ExportedPipeline.Resources;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;

/** Composes an export from the plan of a pipeline and the definition of its cluster. */
public final class PipelineExport {
    private final ExecutionPlan plan;
    private final Cluster cluster;
    private final BootstrapScripts scripts;
    private final String root;
    private final String keyPrefix;

    private PipelineExport(ExecutionPlan plan, Cluster cluster, BootstrapScripts scripts) {
        this.plan = plan;
        this.cluster = cluster;
        this.scripts = scripts;
        this.keyPrefix =
                cluster.storage().prefix().isEmpty() ? "" : cluster.storage().prefix() + "/";
        this.root = "s3://" + Reference.BUCKET.token() + "/" + keyPrefix;
    }

    /**
     * Composes the export.
     *
     * @param privateSubnets whether the cluster's subnets have no route to the internet
     */
    public static ExportedPipeline of(
            ExecutionPlan plan, Cluster cluster, BootstrapScripts scripts, boolean privateSubnets) {
        return new PipelineExport(plan, cluster, scripts).compose(privateSubnets);
    }

    private ExportedPipeline compose(boolean privateSubnets) {
        ExportedCluster exported = new ExportedCluster(plan, cluster, privateSubnets);
        Map<StepName, String> skipped = new LinkedHashMap<>();
        plan.steps().stream().filter(step -> !step.runs()).forEach(step -> skipped.put(step.name(), step.skipReason()));
        Set<Upload> uploads = new LinkedHashSet<>(scripts.uploads());
        plan.steps().stream().filter(PlannedStep::runs).forEach(step -> uploads.addAll(step.uploads()));
        return new ExportedPipeline(
                plan.pipeline(),
                exported.request(scripts.uris(root)),
                new Resources(
                        exported.serviceRole(),
                        exported.nodeRole(),
                        exported.groups(),
                        exported.securityConfiguration(),
                        exported.ownerTags(),
                        exported.tags()),
                cluster.network().subnets(),
                Optional.ofNullable(cluster.storage().bucket()),
                keyPrefix,
                steps(),
                skipped,
                List.copyOf(uploads));
    }

    private List<ExportedStep> steps() {
        Argument.UriResolver uris = PlaceholderUris.of(root, Reference.BUCKET.token(), Reference.RUN.token(), plan);
        Map<StepName, PlannedStep> byName = plan.byName();
        List<ExportedStep> steps = new ArrayList<>();
        Map<StepName, Set<StepName>> needs = new LinkedHashMap<>();
        Map<StepName, Set<StepName>> predecessors = new LinkedHashMap<>();
        for (PlannedStep step : byName.values()) {
            if (!step.runs()) {
                continue;
            }
            List<StepName> earlier = List.copyOf(needs.keySet());
            Set<StepName> dependencies = new TreeSet<>(step.dependencies());
            dependencies.retainAll(earlier);
            needs.put(step.name(), closure(dependencies, needs));
            Set<StepName> direct = new TreeSet<>(dependencies);
            if (cluster.lifecycle().stepConcurrency() == 1) {
                earlier.stream().filter(name -> endsTheRun(name, needs, byName)).forEach(direct::add);
            }
            predecessors.put(step.name(), closure(direct, predecessors));
            Set<StepName> indirect = new TreeSet<>();
            direct.forEach(name -> indirect.addAll(predecessors.get(name)));
            direct.removeAll(indirect);
            steps.add(new ExportedStep(
                    step.name(),
                    step.description(),
                    step.sparkSubmit().onYarn().command().stream()
                            .map(argument -> argument.resolve(uris))
                            .toList(),
                    uris.outputUri(step.name()),
                    direct,
                    needs.get(step.name()),
                    step.failurePolicy()));
        }
        return steps;
    }

    /** Whether a step that has not succeeded must have failed, and so has ended the run. Others may have been skipped. */
    private static boolean endsTheRun(
            StepName name, Map<StepName, Set<StepName>> needs, Map<StepName, PlannedStep> steps) {
        return steps.values().stream()
                .filter(step -> step.name().equals(name)
                        || needs.getOrDefault(name, Set.of()).contains(step.name()))
                .noneMatch(step -> step.failurePolicy().onFailure() == OnFailure.CONTINUE);
    }

    private static Set<StepName> closure(Set<StepName> names, Map<StepName, Set<StepName>> known) {
        Set<StepName> closure = new TreeSet<>(names);
        names.forEach(name -> closure.addAll(known.get(name)));
        return closure;
    }
}
