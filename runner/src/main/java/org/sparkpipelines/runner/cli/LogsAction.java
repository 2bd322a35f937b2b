package org.sparkpipelines.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.report.RunReport;
import org.sparkpipelines.runner.run.Run;
import org.sparkpipelines.runner.run.RunResult;
import org.sparkpipelines.runner.run.RunResult.StepResult;
import org.sparkpipelines.runner.run.StepPhase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows steps' logs: by default of those that failed, with the cause first. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts"})
final class LogsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Parameters(paramLabel = "STEP", arity = "0..*", description = "Whose log (default: of the steps that failed).")
    private List<String> steps = new ArrayList<>();

    @Mixin
    private CommonOptions common;

    private final World world;

    LogsAction(World world) {
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
        Set<StepName> named = StepChoice.of(found.plan(), steps);
        List<StepResult> chosen = result.steps().stream()
                .filter(step -> named.isEmpty() ? step.phase() == StepPhase.FAILED : named.contains(step.name()))
                .toList();
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", found.id().value());
            document.put("steps", chosen.stream().map(LogsAction::json).toList());
            world.out().print(JsonWriter.pretty(document));
        } else if (chosen.isEmpty()) {
            world.out()
                    .println("No step of run " + found.id() + " has failed. Name a step to see its log: "
                            + String.join(
                                    ", ",
                                    found.plan().fileOrder().stream()
                                            .map(StepName::value)
                                            .toList()) + ".");
        } else {
            for (StepResult step : chosen) {
                show(step);
            }
        }
        return ExitCode.DONE;
    }

    private void show(StepResult step) throws IOException {
        if (step.phase() == StepPhase.FAILED) {
            world.out().print(RunReport.failure(step));
        }
        String log = step.log();
        if (log == null) {
            world.out().println("Step '" + step.name() + "' has not run in this run, so there is no log of it.");
            return;
        }
        Path stderr = Path.of(log);
        print(stderr.resolveSibling("stdout"));
        print(stderr);
    }

    private void print(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            world.out().println("==> " + file + " <==");
            world.out().flush();
            Files.copy(file, world.out());
            world.out().println();
        }
    }

    private static Map<String, @Nullable Object> json(StepResult step) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", step.name().value());
        document.put("state", RunReport.state(step));
        document.put("log", step.log());
        document.put("cause", step.failure() == null ? null : step.failure().cause());
        document.put(
                "cause_where", step.failure() == null ? null : step.failure().where());
        return document;
    }
}
