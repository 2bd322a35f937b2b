package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceHardware.Architecture;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.emrelay.runner.platform.python.EnvironmentSpec;
import org.emrelay.runner.platform.python.InstallerProcess;
import org.emrelay.runner.platform.python.PackageArchives;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.ContentHashes;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.RunnerContext;

/** The archives with the packages of a plan's Python steps, for the Python and the processors of one cluster. */
final class PythonArchives {
    private final EmrRelease release;
    private final List<Architecture> architectures;

    private PythonArchives(EmrRelease release, Collection<String> instanceTypes) {
        this.release = release;
        this.architectures = instanceTypes.stream()
                .map(InstanceHardware::architectureOf)
                .distinct()
                .sorted()
                .toList();
    }

    static PythonArchives of(Cluster cluster) {
        return new PythonArchives(cluster.software().release(), cluster.instanceTypes());
    }

    /** For a cluster that exists; a release that Emrelay does not know has only the Python that steps name. */
    static PythonArchives of(String release, Collection<String> instanceTypes) {
        return new PythonArchives(
                EmrRelease.parse(release).orElseGet(() -> new EmrRelease(release, 0, 0)), instanceTypes);
    }

    static boolean areNeeded(ExecutionPlan plan) {
        return plan.steps().stream().anyMatch(PythonArchives::needsOne);
    }

    /** PySpark alone needs no archive. */
    private static boolean needsOne(PlannedStep step) {
        return step.runs() && PackageArchives.isNeeded(new EnvironmentSpec(requirements(step), List.of(), ""));
    }

    private static List<String> requirements(PlannedStep step) {
        return step.sparkSubmit().python().requirements().stream()
                .map(line -> line.resolve(sources(step)))
                .toList();
    }

    /** A way to an archive: planned, or built. */
    private interface Source {
        Upload upload(StepName step, EnvironmentSpec spec) throws IOException;
    }

    /** Names the archives by what they will be built from. Builds none, and needs no network. */
    ExecutionPlan planned(ExecutionPlan plan) {
        try {
            return with(plan, (step, spec) -> {
                String key = PackageArchives.key(spec, architectures);
                return upload(Path.of(key), key, spec);
            });
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Builds the archives, and names them by their content. */
    ExecutionPlan built(Application app, ExecutionPlan plan) throws IOException {
        if (!areNeeded(plan)) {
            return plan;
        }
        RunnerContext context = app.context();
        Path cache = CacheDirectory.of(context.environment())
                .orElseThrow(() -> CommandFailure.refused("Packages of Python steps are built in the cache directory,"
                        + " but neither XDG_CACHE_HOME nor HOME is set. Set one of them."));
        PackageArchives archives = new PackageArchives(cache, context.clock(), context.sleeper());
        InstallerProcess process = new InstallerProcess(context.environment(), app.progress(), () -> false);
        try (InterruptHooks interrupts = new InterruptHooks()) {
            interrupts.wake(Thread.currentThread());
            return with(plan, (step, spec) -> {
                String owner = "Step '" + step + "'";
                spec.pysparkLines()
                        .forEach(line -> app.progress()
                                .notice(owner + ": " + line + " is ignored, because " + release + " has its own."));
                Path archive = archives.build(spec, architectures, owner, process);
                return upload(archive, new ContentHashes().of(List.of(archive)).get(archive), spec);
            });
        } finally {
            app.progress().clear();
        }
    }

    private Upload upload(Path archive, String hash, EnvironmentSpec spec) {
        return new Upload(archive, "scripts/" + hash + "/" + PackageArchives.name(spec, architectures));
    }

    private ExecutionPlan with(ExecutionPlan plan, Source source) throws IOException {
        List<PlannedStep> steps = new ArrayList<>();
        Map<EnvironmentSpec, Upload> archives = new HashMap<>();
        for (PlannedStep step : plan.steps()) {
            if (!needsOne(step)) {
                steps.add(step);
                continue;
            }
            EnvironmentSpec spec = spec(step);
            Upload archive = archives.get(spec);
            if (archive == null) {
                archive = source.upload(step.name(), spec);
                archives.put(spec, archive);
            }
            steps.add(step.withPythonArchive(archive));
        }
        return plan.withSteps(steps);
    }

    private EnvironmentSpec spec(PlannedStep step) {
        PythonDependencies<Argument> python = step.sparkSubmit().python();
        return new EnvironmentSpec(
                requirements(step),
                python.constraints(),
                python.version().isEmpty() ? ownVersion(step) : python.version());
    }

    private String ownVersion(PlannedStep step) {
        return release.pythonVersions().stream()
                .findFirst()
                .orElseThrow(() -> CommandFailure.refused("Step '" + step.name() + "': Emrelay does not know the Python"
                        + " of " + release + ", for which the packages are built. Set \"python\" to its version."));
    }

    /** The files that requirements name, where they are on this machine. */
    private static Argument.UriResolver sources(PlannedStep step) {
        return new Argument.UriResolver() {
            @Override
            public String uploadedUri(String path) {
                return step.uploads().stream()
                        .filter(upload -> upload.path().equals(path))
                        .map(upload -> upload.source().toString())
                        .findFirst()
                        .orElse(path);
            }

            @Override
            public String outputUri(StepName name) {
                throw new IllegalStateException("a requirement cannot refer to an output");
            }

            @Override
            public String workspaceName() {
                throw new IllegalStateException("a requirement cannot refer to the workspace");
            }
        };
    }
}
