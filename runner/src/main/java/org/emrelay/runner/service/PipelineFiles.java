package org.emrelay.runner.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.parse.BundledJobsCheck;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ClusterPythonCheck;
import org.emrelay.runner.parse.ExecutorSizeCheck;
import org.emrelay.runner.parse.ParseContext;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.StepsFileReader;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.report.ProblemReport;
import org.jspecify.annotations.Nullable;

/** Parses and checks a pipeline's files, and makes its plan. */
public final class PipelineFiles {
    private static final Path DEFAULT_CLUSTER = Path.of("cluster-ec2-spot-fleet.json");

    private final RunnerContext context;
    private final PipelineSource source;
    private final ClusterPlatform platform;

    /**
     * The parsed files and all their problems.
     *
     * @param pipeline null when the steps file is invalid
     * @param cluster null when the cluster file is missing or invalid
     * @param plan null when no check needed it
     */
    public record Checked(
            @Nullable Pipeline pipeline,
            @Nullable Cluster cluster,
            List<Problem> problems,
            @Nullable ExecutionPlan plan) {
        public Checked {
            problems = List.copyOf(problems);
        }

        public boolean isUsable() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    public PipelineFiles(RunnerContext context, PipelineSource source, ClusterPlatform platform) {
        this.context = context;
        this.source = source;
        this.platform = platform;
    }

    public Checked check() {
        return check(false);
    }

    /** Checks what {@link #check()} does; a plan that a check makes can be executed. */
    public Checked checkAndPlan() {
        return check(true);
    }

    /** @param forExecution whether the plan will be executed or shown, so that its fingerprints must be right */
    private Checked check(boolean forExecution) {
        List<Problem> problems = new ArrayList<>();
        ParseResult<Pipeline> parsed = StepsFileReader.read(source.stepsFile(), parseContext(), source.backfill());
        Pipeline pipeline = parsed.value();
        problems.addAll(parsed.problems());
        Optional<Path> clusterFile = clusterFile();
        Optional<ParseResult<Cluster>> cluster =
                clusterFile.map(file -> ClusterFileReader.read(context.resolve(file), file.toString()));
        cluster.ifPresent(reading -> problems.addAll(reading.problems()));
        boolean checksCluster = platform.rules().usesClusterFile() || source.clusterFile() != null;
        if (checksCluster
                && pipeline != null
                && cluster.isPresent()
                && cluster.get().value() != null) {
            problems.addAll(ExecutorSizeCheck.check(
                    pipeline,
                    source.stepsFile().toString(),
                    cluster.get().value(),
                    clusterFile.get().toString()));
            problems.addAll(BundledJobsCheck.check(
                    pipeline,
                    source.stepsFile().toString(),
                    cluster.get().value(),
                    clusterFile.get().toString()));
            problems.addAll(ClusterPythonCheck.check(
                    pipeline,
                    source.stepsFile().toString(),
                    cluster.get().value(),
                    clusterFile.get().toString()));
        }
        AtomicReference<@Nullable ExecutionPlan> plan = new AtomicReference<>();
        if (pipeline != null) {
            boolean readsFiles = forExecution && problems.stream().noneMatch(Problem::isError);
            Cluster usable = cluster.flatMap(ParseResult::usable).orElse(null);
            problems.addAll(platform.check(
                    context,
                    pipeline,
                    () -> {
                        if (!readsFiles) {
                            return platform.completed(planWithoutReading(pipeline), usable);
                        }
                        ExecutionPlan made = platform.completed(plan(pipeline, Map.of()), usable);
                        plan.set(made);
                        return made;
                    },
                    source.stepsFile().toString()));
        }
        return new Checked(pipeline, cluster.flatMap(ParseResult::usable).orElse(null), problems, plan.get());
    }

    /** The plan; fails the command with all problems if a file is invalid. Warnings go to stderr. */
    public ExecutionPlan planOrFail() {
        return planOf(checkOrFail());
    }

    /** The checked files; fails the command with all problems if one is invalid. Warnings go to stderr. */
    public Checked checkOrFail() {
        Checked checked = checkAndPlan();
        if (!checked.isUsable()) {
            throw new InvalidFileException(checked.problems());
        }
        context.err().print(new ProblemReport(checked.problems()).text());
        return checked;
    }

    public ExecutionPlan planOf(Checked checked) {
        return checked.plan() != null
                ? checked.plan()
                : platform.completed(plan(Objects.requireNonNull(checked.pipeline()), Map.of()), checked.cluster());
    }

    /**
     * Plans a pipeline.
     *
     * @param known hashes of files that need not be read
     */
    public static ExecutionPlan plan(Pipeline pipeline, Map<Path, String> known) {
        List<Path> unknown = new ArrayList<>(FileHashes.filesOf(pipeline));
        unknown.removeAll(known.keySet());
        Map<Path, String> contents =
                new HashMap<>(new ContentHashes().of(unknown).hashes());
        contents.putAll(known);
        return Planner.plan(
                pipeline, new FileHashes(contents, new ContentHashes().ofModules(FileHashes.modulesOf(pipeline))));
    }

    /** All hashes are equally long, so a command's length can be checked without reading files. */
    private static ExecutionPlan planWithoutReading(Pipeline pipeline) {
        Map<Path, String> contents = new HashMap<>();
        FileHashes.filesOf(pipeline).forEach(file -> contents.put(file, ContentHashes.ANY));
        Map<Path, String> modules = new HashMap<>();
        FileHashes.modulesOf(pipeline).forEach(directory -> modules.put(directory, ContentHashes.ANY));
        return Planner.plan(pipeline, new FileHashes(contents, modules));
    }

    private ParseContext parseContext() {
        return new ParseContext(
                source.parameters(),
                LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC),
                context.currentDirectory(),
                context.environment(),
                platform.rules(),
                () -> SqlProgram.extract(context.environment()));
    }

    private Optional<Path> clusterFile() {
        if (source.clusterFile() != null) {
            return Optional.of(source.clusterFile());
        }
        Path directory = source.stepsFile().getParent();
        Path defaultFile = directory == null ? DEFAULT_CLUSTER : directory.resolve(DEFAULT_CLUSTER);
        return Files.exists(context.resolve(defaultFile)) ? Optional.of(defaultFile) : Optional.empty();
    }
}
