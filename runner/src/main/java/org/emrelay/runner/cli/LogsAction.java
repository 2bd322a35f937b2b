package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows steps' logs: by default of those that failed, with the cause first. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} -idc local-1a2b3c4d", "  ${COMMAND-NAME} counts --follow"})
final class LogsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Parameters(paramLabel = "STEP", arity = "0..*", description = "Whose log (default: of the steps that failed).")
    private List<String> steps = new ArrayList<>();

    @Option(
            names = "--follow",
            description = "Print what a running step on EMR writes as it is shipped, until it ends.")
    private boolean follow;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    LogsAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        try (ClusterSession session = new ClusterResolver(world, common, choice, aws, target.target).toLook()) {
            Run found = session.book().run(session.id(), run.run);
            RunResult result = session.look(found);
            if (follow) {
                session.followLog(found, followed(found, result));
                return ExitCode.DONE;
            }
            Set<StepName> named = StepChoice.of(found.plan(), steps);
            List<StepResult> chosen = result.steps().stream()
                    .filter(step -> named.isEmpty() ? step.phase() == StepPhase.FAILED : named.contains(step.name()))
                    .toList();
            tell(session, found, chosen);
            return ExitCode.DONE;
        }
    }

    /** The named step, else the one that runs. */
    private StepResult followed(Run run, RunResult result) {
        Set<StepName> named = StepChoice.of(run.plan(), steps);
        List<StepResult> candidates = result.steps().stream()
                .filter(step -> named.isEmpty() ? step.phase().isActive() : named.contains(step.name()))
                .toList();
        if (candidates.isEmpty()) {
            throw CommandFailure.refused("No step of run " + run.id() + " is under way: see -a list_steps.");
        } else if (named.size() > 1) {
            throw CommandFailure.usage("--follow follows one step: name one.");
        }
        return candidates.get(0);
    }

    private void tell(ClusterSession session, Run found, List<StepResult> chosen) throws IOException {
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
                show(session, step);
            }
        }
    }

    private void show(ClusterSession session, StepResult step) throws IOException {
        if (step.phase() == StepPhase.FAILED) {
            world.out().print(RunReport.failure(session.explainedNow(step)));
        }
        if (step.log() == null || step.log().isEmpty()) {
            world.out().println("Step '" + step.name() + "' has not run in this run, so there is no log of it.");
        } else if (!session.printLog(step) && !session.id().isLocal()) {
            world.out()
                    .println("Nothing of the log of step '" + step.name() + "' is at " + step.log()
                            + " yet: EMR ships logs every five minutes, and some minutes after the end.");
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
