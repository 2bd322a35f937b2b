package org.sparkpipelines.runner.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.run.Run;
import org.sparkpipelines.runner.run.StepRemoval;
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

    private final World world;

    DeleteStepsAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        ClusterSessions sessions = new ClusterSessions(world, common, choice, aws, target.target);
        try (ClusterSession session = sessions.toChange("delete_steps")) {
            Run found = session.book().run(session.id(), run.run);
            Set<StepName> named = StepChoice.of(found.plan(), steps);
            StepRemoval removal = session.book().removal(found, named);
            if (!removal.refusal().isEmpty()) {
                throw CommandFailure.refused(removal.refusal());
            }
            List<String> names = removal.steps().stream().map(StepName::value).toList();
            if (!names.isEmpty()) {
                Confirmation.of(world, yes)
                        .require("Take " + String.join(", ", names) + " out of run " + found.id() + "?");
                session.book().remove(found, removal);
            }
            tell(found, names);
            return ExitCode.DONE;
        }
    }

    private void tell(Run found, List<String> names) {
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", found.id().value());
            document.put("deleted", names);
            world.out().print(JsonWriter.pretty(document));
        } else if (names.isEmpty()) {
            world.out().println("No step of run " + found.id() + " is left that has not started.");
        } else {
            world.out().println(names.stream().map(name -> "deleted " + name).collect(Collectors.joining("\n")));
        }
    }
}
