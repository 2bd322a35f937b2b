package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.StepRemoval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes steps that have not started out of a run, with all that depends on them. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [STEP ...] [options]",
        footer = "%nExample: ${COMMAND-NAME} clouds --yes")
final class DeleteStepsAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private RunOption run;

    @Option(names = "--cancel", description = "Also take out steps that run on EMR: they are stopped.")
    private boolean cancel;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Parameters(paramLabel = "STEP", arity = "0..*", description = "Which steps (default: all that have not started).")
    private List<String> steps = new ArrayList<>();

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    DeleteStepsAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        ClusterResolver sessions = new ClusterResolver(world, common, choice, aws, target.target);
        try (ClusterSession session = sessions.toChange("delete_steps")) {
            Run found = session.book().run(session.id(), run.run);
            Set<StepName> named = StepChoice.of(found.plan(), steps);
            try (StepRemovalSession out = session.stepsOut(found)) {
                return takeOut(found, named, out, sessions.progress());
            }
        }
    }

    private ExitCode takeOut(Run found, Set<StepName> named, StepRemovalSession out, Progress progress)
            throws IOException {
        StepRemoval meant = accepted(out.look(named, cancel));
        progress.erase();
        if (meant.steps().isEmpty()) {
            tell(found, meant);
            return ExitCode.DONE;
        }
        Confirmation.of(world, yes).require("Take " + names(meant.steps()) + " out of run " + found.id() + "?");
        StepRemoval done = accepted(out.carryOut(named, cancel));
        progress.erase();
        tell(found, done);
        return ExitCode.DONE;
    }

    private static StepRemoval accepted(StepRemoval removal) {
        if (!removal.refusal().isEmpty()) {
            throw CommandFailure.refused(removal.refusal());
        }
        return removal;
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }

    private void tell(Run found, StepRemoval done) {
        List<String> deleted = done.steps().stream().map(StepName::value).toList();
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", found.id().value());
            document.put("deleted", deleted);
            document.put(
                    "ended_before", done.late().stream().map(StepName::value).toList());
            world.out().print(JsonWriter.pretty(document));
            return;
        }
        deleted.forEach(name -> world.out().println("deleted " + name));
        done.late()
                .forEach(name -> world.out().println("kept    " + name + ", which ended before it could be stopped"));
        if (!cancel && !done.running().isEmpty()) {
            world.err().println("Still running: " + names(done.running()) + ". Stop what runs with --cancel.");
        } else if (deleted.isEmpty() && done.late().isEmpty()) {
            world.out().println("No step of run " + found.id() + " is left that has not started.");
        }
    }
}
