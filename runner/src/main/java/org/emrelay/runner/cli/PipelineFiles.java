package org.emrelay.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.Context;
import org.emrelay.runner.parse.MemoryCheck;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.StepsFileReader;
import org.emrelay.runner.plan.EmrStepLimits;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.plan.ReferencedFiles;
import org.emrelay.runner.report.ProblemReport;
import org.jspecify.annotations.Nullable;

/** Reads both files of a command and goes as far with them as they allow. */
final class PipelineFiles {
    private static final Path DEFAULT_CLUSTER = Path.of("cluster-ec2-spot-fleet.json");

    private final CliContext world;
    private final StepsOptions options;
    private final Target target;

    /** What the files say, unless they cannot be used or are not there, and all that is wrong with both or worth a word. */
    record Checked(@Nullable Pipeline pipeline, @Nullable Cluster cluster, List<Problem> problems) {
        Checked {
            problems = List.copyOf(problems);
        }

        boolean usable() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }

    PipelineFiles(CliContext world, StepsOptions options, Target target) {
        this.world = world;
        this.options = options;
        this.target = target;
    }

    Checked check() {
        List<Problem> problems = new ArrayList<>();
        ParseResult<Pipeline> pipeline = StepsFileReader.read(options.steps, context());
        problems.addAll(pipeline.problems());
        Optional<Path> clusterFile = clusterFile();
        Optional<ParseResult<Cluster>> cluster =
                clusterFile.map(file -> ClusterFileReader.read(world.resolve(file), file.toString()));
        cluster.ifPresent(reading -> problems.addAll(reading.problems()));
        boolean compared = target == Target.EMR || options.cluster != null;
        if (compared
                && pipeline.value() != null
                && cluster.isPresent()
                && cluster.get().value() != null) {
            problems.addAll(MemoryCheck.check(
                    pipeline.value(),
                    options.steps.toString(),
                    cluster.get().value(),
                    clusterFile.get().toString()));
        }
        if (target == Target.EMR && pipeline.value() != null) {
            problems.addAll(EmrStepLimits.check(planWithoutReading(pipeline.value()), options.steps.toString()));
        }
        return new Checked(
                pipeline.value(), cluster.flatMap(ParseResult::usable).orElse(null), problems);
    }

    /** The plan, or the end of the command with everything that is wrong; warnings are said on stderr. */
    ExecutionPlan planOrFail() {
        return planOf(checkOrFail());
    }

    /** What the files say, or the end of the command likewise. */
    Checked checkOrFail() {
        Checked checked = check();
        ProblemReport report = new ProblemReport(checked.problems());
        if (!checked.usable()) {
            throw new CommandFailure(ExitCode.INVALID_FILE, report.text().stripTrailing());
        }
        world.err().print(report.text());
        return checked;
    }

    ExecutionPlan planOf(Checked checked) {
        return plan(Objects.requireNonNull(checked.pipeline()), Map.of());
    }

    /** The plan of a pipeline with files whose content is known and need not be read for it. */
    static ExecutionPlan plan(Pipeline pipeline, Map<Path, FileHashes.Content> known) {
        List<Path> unknown = new ArrayList<>(ReferencedFiles.of(pipeline));
        unknown.removeAll(known.keySet());
        Map<Path, FileHashes.Content> contents =
                new HashMap<>(new ContentHashes().of(unknown).contents());
        contents.putAll(known);
        return Planner.plan(pipeline, new FileHashes(contents));
    }

    /** Any hash is as long as any other: to measure a command, no file need be read. */
    private static ExecutionPlan planWithoutReading(Pipeline pipeline) {
        Map<Path, FileHashes.Content> contents = new HashMap<>();
        ReferencedFiles.of(pipeline).forEach(file -> contents.put(file, new FileHashes.Content(ContentHashes.ANY)));
        return Planner.plan(pipeline, new FileHashes(contents));
    }

    private Context context() {
        return new Context(options.parameters(), world.currentDirectory(), world.environment(), target);
    }

    private Optional<Path> clusterFile() {
        if (options.cluster != null) {
            return Optional.of(options.cluster);
        }
        Path directory = options.steps.getParent();
        Path beside = directory == null ? DEFAULT_CLUSTER : directory.resolve(DEFAULT_CLUSTER);
        return Files.exists(world.resolve(beside)) ? Optional.of(beside) : Optional.empty();
    }
}
