package org.emrelay.runner.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ExecutorSizeCheck;
import org.emrelay.runner.parse.ParseContext;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.StepsFileReader;
import org.emrelay.runner.plan.EmrStepLimits;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.plan.ReferencedFiles;
import org.emrelay.runner.report.ProblemReport;
import org.jspecify.annotations.Nullable;

/** Parses and checks a pipeline's files, and makes its plan. */
public final class PipelineFiles {
    private static final Path DEFAULT_CLUSTER = Path.of("cluster-ec2-spot-fleet.json");

    private final RunnerContext context;
    private final PipelineSource source;
    private final Target target;

    /**
     * The parsed files and all their problems.
     *
     * @param pipeline null when the steps file is invalid
     * @param cluster null when the cluster file is missing or invalid
     */
    public record Checked(
            @Nullable Pipeline pipeline, @Nullable Cluster cluster, List<Problem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }

        public boolean isUsable() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    public PipelineFiles(RunnerContext context, PipelineSource source, Target target) {
        this.context = context;
        this.source = source;
        this.target = target;
    }

    public Checked check() {
        List<Problem> problems = new ArrayList<>();
        ParseResult<Pipeline> pipeline = StepsFileReader.read(source.stepsFile(), parseContext());
        problems.addAll(pipeline.problems());
        Optional<Path> clusterFile = clusterFile();
        Optional<ParseResult<Cluster>> cluster =
                clusterFile.map(file -> ClusterFileReader.read(context.resolve(file), file.toString()));
        cluster.ifPresent(reading -> problems.addAll(reading.problems()));
        boolean checksMemory = target == Target.EMR || source.clusterFile() != null;
        if (checksMemory
                && pipeline.value() != null
                && cluster.isPresent()
                && cluster.get().value() != null) {
            problems.addAll(ExecutorSizeCheck.check(
                    pipeline.value(),
                    source.stepsFile().toString(),
                    cluster.get().value(),
                    clusterFile.get().toString()));
        }
        if (target == Target.EMR && pipeline.value() != null) {
            problems.addAll(EmrStepLimits.check(
                    planWithoutReading(pipeline.value()), source.stepsFile().toString()));
        }
        return new Checked(
                pipeline.value(), cluster.flatMap(ParseResult::usable).orElse(null), problems);
    }

    /** The plan; fails the command with all problems if a file is invalid. Warnings go to stderr. */
    ExecutionPlan planOrFail() {
        return planOf(checkOrFail());
    }

    /** The checked files; fails the command with all problems if one is invalid. Warnings go to stderr. */
    Checked checkOrFail() {
        Checked checked = check();
        String report = new ProblemReport(checked.problems()).text();
        if (!checked.isUsable()) {
            throw new CommandFailure(ExitCode.INVALID_FILE, report.stripTrailing());
        }
        context.err().print(report);
        return checked;
    }

    ExecutionPlan planOf(Checked checked) {
        return plan(Objects.requireNonNull(checked.pipeline()), Map.of());
    }

    /** @param known hashes of files that need not be read */
    static ExecutionPlan plan(Pipeline pipeline, Map<Path, FileHashes.ContentHash> known) {
        List<Path> unknown = new ArrayList<>(ReferencedFiles.of(pipeline));
        unknown.removeAll(known.keySet());
        Map<Path, FileHashes.ContentHash> contents =
                new HashMap<>(new ContentHashes().of(unknown).hashes());
        contents.putAll(known);
        return Planner.plan(pipeline, new FileHashes(contents));
    }

    /** All hashes are equally long, so a command's length can be checked without reading files. */
    private static ExecutionPlan planWithoutReading(Pipeline pipeline) {
        Map<Path, FileHashes.ContentHash> contents = new HashMap<>();
        ReferencedFiles.of(pipeline).forEach(file -> contents.put(file, new FileHashes.ContentHash(ContentHashes.ANY)));
        return Planner.plan(pipeline, new FileHashes(contents));
    }

    private ParseContext parseContext() {
        return new ParseContext(source.parameters(), context.currentDirectory(), context.environment(), target);
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
