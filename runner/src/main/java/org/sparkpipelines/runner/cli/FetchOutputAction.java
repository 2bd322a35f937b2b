package org.sparkpipelines.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.report.Progress;
import org.sparkpipelines.runner.run.Run;
import org.sparkpipelines.runner.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies results of a run into a directory. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --to /tmp/counts"})
final class FetchOutputAction implements ActionCommand {
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

    @Mixin
    private CommonOptions common;

    private final World world;

    FetchOutputAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        LocalSession session = LocalSession.openExisting(world, common);
        Run found = session.run(session.finder().any(choice), run.run);
        RunResult result = session.look(found);
        Progress progress = world.progress();
        Results copies =
                new Results(session, results.directory(world, found.plan().pipeline()), progress);
        List<Path> fetched = new ArrayList<>();
        if (steps.isEmpty()) {
            fetched.addAll(copies.fetchFinal(found.plan(), result));
        }
        for (StepName name : StepChoice.of(found.plan(), steps)) {
            fetched.add(copies.fetch(result.find(name).orElseThrow()));
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
}
