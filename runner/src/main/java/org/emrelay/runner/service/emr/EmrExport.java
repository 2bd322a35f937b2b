package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.ExportPackage;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.PipelineExport;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.PipelineFiles;
import org.emrelay.runner.service.PipelineSource;
import org.jspecify.annotations.Nullable;

/** Writes a pipeline and its cluster in the form of another orchestrator. */
public final class EmrExport {
    /** Not the command of this machine: equal files give an equal export. */
    private static final RunnerCommand COMMAND = new RunnerCommand("runner.sh", List.of());

    private final Application app;

    public EmrExport(Application app) {
        this.app = app;
    }

    /**
     * What to export, and where to.
     *
     * @param key the name of the format on the command line
     * @param directory null for a default name
     * @param schedule null for runs on demand only
     * @param privateSubnets whether the cluster's subnets have no route to the internet
     * @param overwrite whether to replace exported files that were changed
     */
    public record Request(
            ExportFormat format,
            String key,
            @Nullable Path directory,
            @Nullable CronSchedule schedule,
            boolean privateSubnets,
            boolean overwrite) {
        public Request {
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * Writes the export and prints its directory.
     *
     * @param options those of the command line that the export depends on, without the directory
     */
    public ExitCode write(PipelineSource source, Request request, List<String> options, CommandOutput output)
            throws IOException {
        PipelineFiles files = new PipelineFiles(app.context(), source, new EmrClusterPlatform());
        PipelineFiles.Checked checked = files.checkOrFail();
        Cluster cluster = checked.cluster();
        if (cluster == null) {
            throw CommandFailure.usage("No cluster file beside " + source.stepsFile() + ". Pass -cluster FILE.");
        }
        ExecutionPlan planned = files.planOf(checked);
        requireExpressible(request, pipeline(planned, cluster, request));
        ExportDirectory directory = new ExportDirectory(directory(planned, request));
        directory.requireReplaceable(request.overwrite());
        ExportedPipeline pipeline = pipeline(PythonArchives.of(cluster).built(app, planned), cluster, request);
        String command = COMMAND.action("export", source.options(options.toArray(String[]::new)));
        Map<String, String> texts = ExportPackage.files(request.format(), pipeline, request.schedule(), command);
        app.progress().notice("Copying the files of the pipeline");
        directory.write(texts, pipeline.uploads());
        output.print(CreationReport.ofPipeline(
                directory.path(),
                List.copyOf(texts.keySet()),
                "Next: " + directory.path().resolve("README.md")));
        return ExitCode.DONE;
    }

    private static ExportedPipeline pipeline(ExecutionPlan plan, Cluster cluster, Request request) {
        return PipelineExport.of(plan, cluster, EmrClusterPlatform.bootstrapScripts(cluster), request.privateSubnets());
    }

    private Path directory(ExecutionPlan plan, Request request) {
        Path given = request.directory();
        return app.context().resolve(given == null ? Path.of(plan.pipeline() + "-" + request.key()) : given);
    }

    private static void requireExpressible(Request request, ExportedPipeline pipeline) {
        List<String> obstacles = ExportPackage.obstacles(request.format(), pipeline, request.schedule());
        if (!obstacles.isEmpty()) {
            throw CommandFailure.refused(String.join("\n", obstacles));
        }
    }
}
