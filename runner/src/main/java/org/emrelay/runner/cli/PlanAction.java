package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.preflight.Findings;
import org.emrelay.runner.report.PlanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what would run and, for EMR, what would be made. It needs neither network nor credentials, and says the same for the same files. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class PlanAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Option(
            names = "--check",
            description = "With -t emr: also look at AWS, without changing anything, for what would stand in the way.")
    private boolean check;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    PlanAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        PipelineFiles files = new PipelineFiles(world, steps, target.target);
        PipelineFiles.Checked checked = files.checkOrFail();
        PlanReport report = new PlanReport(files.planOf(checked));
        Cluster cluster = checked.cluster();
        if (target.target == Target.LOCAL || cluster == null) {
            world.out().print(common.json() ? report.json() : report.text());
            return ExitCode.DONE;
        }
        EmrClusters.Check found = check ? look(cluster) : null;
        EmrPlan made = new EmrPlan(cluster, aws.region, found == null ? Map.of() : found.spotPrices());
        if (common.json()) {
            Map<String, Object> document = report.document();
            document.put("cluster", made.document());
            if (found != null) {
                document.put("problems", problems(found.findings()));
            }
            world.out().print(JsonWriter.pretty(document));
        } else {
            world.out().print(report.text() + made.text());
        }
        return found == null || found.findings().errors().isEmpty() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }

    private static List<Map<String, String>> problems(Findings findings) {
        return Stream.concat(
                        findings.errors().stream().map(error -> Map.entry("error", error)),
                        findings.warnings().stream().map(warning -> Map.entry("warning", warning)))
                .map(found -> {
                    Map<String, String> problem = new LinkedHashMap<>();
                    problem.put("severity", found.getKey());
                    problem.put("message", found.getValue());
                    return problem;
                })
                .toList();
    }

    private EmrClusters.Check look(Cluster cluster) throws IOException {
        try (EmrClusters clusters = EmrAccess.clusters(world, common, aws)) {
            EmrClusters.Check found =
                    clusters.check(cluster, Objects.requireNonNullElse(cluster.name(), EmrPlan.NO_NAME));
            found.findings().warnings().forEach(warning -> world.err().println("warning: " + warning));
            found.findings().errors().forEach(error -> world.err().println(error));
            return found;
        }
    }
}
