package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.local.LocalProcesses;
import org.emrelay.runner.service.RunnerContext;

/**
 * Runs a cluster's lifecycle against a loopback server, so that runner.sh can record the loaded classes for its CDS archive. Without the
 * archive, loading the AWS SDK takes longer than most AWS calls. Needs no network and no credentials.
 */
final class CdsWarmup {
    private static final String CLUSTER = """
            {"InstanceFleets": [
              {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
              {"InstanceFleetType": "CORE", "TargetSpotCapacity": 4, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge", "WeightedCapacity": 4}],
               "LaunchSpecifications": {"SpotSpecification": {"TimeoutDurationMinutes": 15, "TimeoutAction": "SWITCH_TO_ON_DEMAND"}}}],
             "bootstrap_action": "bootstrap.sh", "Tags": [{"Key": "warmup", "Value": "yes"}],
             "Configurations": [{"Classification": "spark-defaults", "Properties": {"spark.serializer": "none"}}]}
            """;

    private final Path directory;
    private final CdsWarmupAws aws;

    private CdsWarmup(Path directory, CdsWarmupAws aws) {
        this.directory = directory;
        this.aws = aws;
    }

    /**
     * Runs the lifecycle.
     *
     * @param arguments an empty working directory
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Files.writeString(directory.resolve("cluster.json"), CLUSTER);
        Files.writeString(directory.resolve("bootstrap.sh"), "");
        try (CdsWarmupAws aws = CdsWarmupAws.open()) {
            boolean complete = new CdsWarmup(directory, aws).runLifecycle();
            System.exit(complete ? 0 : 1);
        }
    }

    private boolean runLifecycle() {
        return run("create_cluster", "-c", "warmup", "-cluster", "cluster.json", "--no-wait")
                && run("describe_cluster", "-c", "warmup")
                && run("list_clusters", "-t", "emr")
                && run("terminate_cluster", "-c", "warmup", "--yes", "--delete-bucket");
    }

    private boolean run(String action, String... more) {
        List<String> line = new ArrayList<>(List.of("-a", action));
        line.addAll(Arrays.asList(more));
        line.addAll(List.of("--region", "us-east-1", "--endpoint-url", aws.endpoint()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        RunnerContext context = new RunnerContext(
                InputStream.nullInputStream(),
                nowhere,
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                directory,
                Map.of("AWS_ACCESS_KEY_ID", "warmup", "AWS_SECRET_ACCESS_KEY", "warmup"),
                directory,
                new RunnerContext.Terminal(false, 100, false, false),
                Clock.systemUTC(),
                duration -> {},
                new SecureRandom(),
                new LocalProcesses(),
                Main.PLATFORMS);
        return new CommandLineTool(context, "warmup").run(line) == ExitCode.DONE.code();
    }
}
