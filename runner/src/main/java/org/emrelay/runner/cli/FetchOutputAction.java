package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies results of a run into a directory. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --to /tmp/counts"})
final class FetchOutputAction implements ActionCommand {
    private static final long MUCH = 1_000_000_000;

    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Mixin
    private ResultsOption results;

    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Whose output (default: those that no other step reads).")
    private List<String> steps = new ArrayList<>();

    @Option(names = "--yes", description = "Do not ask before more than 1 GB is fetched from S3.")
    private boolean yes;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    FetchOutputAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        try (ClusterSession session = new ClusterResolver(world, common, choice, aws, target.target).toLook()) {
            return fetch(session);
        }
    }

    private ExitCode fetch(ClusterSession session) throws IOException {
        Run found = session.book().run(session.id(), run.run);
        RunResult result = session.look(found);
        List<StepResult> chosen = steps.isEmpty()
                ? Results.finalSteps(found.plan(), result)
                : StepChoice.of(found.plan(), steps).stream()
                        .map(name -> result.find(name).orElseThrow())
                        .toList();
        if (!session.id().isLocal()) {
            askIfMuch(chosen);
        }
        Results copies = new Results(
                session.workspace(), results.directory(world, found.plan().pipeline()), world.progress());
        List<Path> fetched = new ArrayList<>();
        if (steps.isEmpty()) {
            fetched.addAll(copies.fetchFinal(found.plan(), result));
        } else {
            for (StepResult step : chosen) {
                fetched.add(copies.fetch(step));
            }
        }
        if (fetched.isEmpty()) {
            throw CommandFailure.refused("Run " + found.id() + " has no final output yet: see -a list_steps.");
        }
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", found.id().value());
            document.put("results", fetched.stream().map(Path::toString).toList());
            world.out().print(JsonWriter.pretty(document));
        } else {
            fetched.forEach(world.out()::println);
        }
        return ExitCode.DONE;
    }

    /** What comes from S3 takes its time, and costs money outside of AWS. */
    private void askIfMuch(List<StepResult> chosen) throws IOException {
        long bytes = chosen.stream()
                .map(StepResult::summary)
                .filter(Objects::nonNull)
                .mapToLong(OutputSummary::bytes)
                .sum();
        if (bytes > MUCH) {
            Confirmation.of(world, yes).require("Fetch " + Quantities.bytes(bytes) + " from S3?");
        }
    }
}
