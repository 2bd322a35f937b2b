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
import org.emrelay.runner.platform.local.LocalProcesses;

/**
 * Goes through the life of a cluster before a loopback listener of its own, without network, credentials or result: runner.sh makes its class-data archive
 * from what is loaded meanwhile, for loading the AWS SDK otherwise takes longer than most calls of AWS.
 */
final class CdsWarmup {
    private static final String CLUSTER = """
            {"InstanceFleets": [
              {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
              {"InstanceFleetType": "CORE", "TargetSpotCapacity": 4, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge", "WeightedCapacity": 4}],
               "LaunchSpecifications": {"SpotSpecification": {"TimeoutDurationMinutes": 15, "TimeoutAction": "SWITCH_TO_ON_DEMAND"}}}],
             "bootstrap_action": "bootstrap.sh", "Tags": [{"Key": "rehearsal", "Value": "yes"}],
             "Configurations": [{"Classification": "spark-defaults", "Properties": {"spark.serializer": "none"}}]}
            """;

    private final Path directory;
    private final CdsWarmupAws aws;

    private CdsWarmup(Path directory, CdsWarmupAws aws) {
        this.directory = directory;
        this.aws = aws;
    }

    /** The one argument is an empty directory to work in. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Files.writeString(directory.resolve("cluster.json"), CLUSTER);
        Files.writeString(directory.resolve("bootstrap.sh"), "");
        try (CdsWarmupAws aws = CdsWarmupAws.open()) {
            boolean whole = new CdsWarmup(directory, aws).goThrough();
            System.exit(whole ? 0 : 1);
        }
    }

    private boolean goThrough() {
        return say("create_cluster", "-c", "rehearsal", "-cluster", "cluster.json", "--no-wait")
                && say("describe_cluster", "-c", "rehearsal")
                && say("list_clusters", "-t", "emr")
                && say("terminate_cluster", "-c", "rehearsal", "--yes", "--delete-bucket");
    }

    private boolean say(String action, String... more) {
        List<String> line = new ArrayList<>(List.of("-a", action));
        line.addAll(Arrays.asList(more));
        line.addAll(List.of("--region", "us-east-1", "--endpoint-url", aws.endpoint()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CliContext world = new CliContext(
                InputStream.nullInputStream(),
                nowhere,
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                directory,
                Map.of("AWS_ACCESS_KEY_ID", "rehearsal", "AWS_SECRET_ACCESS_KEY", "rehearsal"),
                directory,
                new CliContext.Terminal(false, 100, false, false),
                Clock.systemUTC(),
                duration -> {},
                new SecureRandom(),
                new LocalProcesses());
        return new CommandLineTool(world, "rehearsal").run(line) == ExitCode.DONE;
    }
}
