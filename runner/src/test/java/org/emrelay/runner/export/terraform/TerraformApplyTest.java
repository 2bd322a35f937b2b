package org.emrelay.runner.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.ec2.Subnet;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applies exports to the fake AWS with Terraform, and destroys them. Each takes two minutes, in which Terraform mostly sleeps. */
@Tag("servers")
final class TerraformApplyTest {
    private static final String BUCKET = "my-bucket";

    private final FakeAws aws = FakeAws.startWithoutVpc("us-east-1");
    private final AwsClients clients = new AwsClients(new AwsSettings(
            null,
            null,
            null,
            Map.of(
                    "AWS_ACCESS_KEY_ID",
                    "test",
                    "AWS_SECRET_ACCESS_KEY",
                    "not-so-secret",
                    "AWS_REGION",
                    "us-east-1",
                    "AWS_ENDPOINT_URL",
                    aws.endpoint().toString())));

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private TerraformProcess terraform(ExportedPipeline pipeline, String vpc, List<String> subnets)
            throws IOException, InterruptedException {
        assertThat(new TerraformFormat().obstacles(pipeline, null)).isEmpty();
        aws.account().bucket(BUCKET);
        pipeline.uploads()
                .forEach(upload -> aws.account().object(BUCKET, pipeline.keyPrefix() + upload.path(), "uploaded"));
        Path export = Files.createDirectories(directory.resolve("export"));
        TerraformProcess terraform =
                TerraformProcess.initialized(new TerraformFormat().files(pipeline, null), export, aws);
        Files.writeString(
                export.resolve("terraform.tfvars"),
                HclWriter.write(new JsonMap()
                        .with("bucket", BUCKET)
                        .with("vpc_id", vpc)
                        .with("subnet_ids", subnets)
                        .with("run_id", "first")));
        terraform.succeed("fmt", "-check", "-diff");
        terraform.succeed("validate");
        return terraform;
    }

    private FakeCluster cluster() {
        assertThat(aws.emr().clusters()).hasSize(1);
        return aws.emr().clusters().get(0);
    }

    private List<String> steps() {
        return clients.emr().listSteps(request -> request.clusterId(cluster().id())).steps().stream()
                .map(step -> step.name() + " " + step.status().stateAsString() + " " + step.actionOnFailureAsString())
                .toList();
    }

    private List<String> arguments(String step) {
        return clients.emr().listSteps(request -> request.clusterId(cluster().id())).steps().stream()
                .filter(each -> each.name().equals(step))
                .flatMap(each -> each.config().args().stream())
                .toList();
    }

    private static Stream<String> fleets(Tree cluster) {
        return cluster.tree("Instances").trees("InstanceFleets").stream()
                .map(fleet -> fleet.text("InstanceFleetType", ""));
    }

    /** What the user's deletion of the bucket would remove too. */
    private List<String> remaining() {
        return aws.remaining().stream()
                .filter(name -> !name.startsWith("s3 object " + BUCKET + "/logs/"))
                .toList();
    }

    @Test
    void runsThePipelineOfTheRepositoryRoot() throws Exception {
        Vpc vpc = aws.account().defaultVpc();
        List<String> subnets = List.copyOf(aws.ec2().subnets().keySet());
        ExportedPipeline pipeline =
                new TerraformFixture(directory.resolve("project")).root().export();
        TerraformProcess terraform = terraform(pipeline, vpc.id(), subnets);

        terraform.succeed("apply", "-auto-approve", "-input=false");

        assertThat(terraform.succeed("output", "-raw", "cluster_id"))
                .endsWith(cluster().id());
        assertThat(fleets(cluster().request())).containsExactly("MASTER", "CORE");
        assertThat(clients.emr()
                        .listInstanceFleets(
                                request -> request.clusterId(cluster().id()))
                        .instanceFleets())
                .hasSize(3);
        assertThat(cluster().tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "emrelay:workspace", "word-clouds", "emrelay:cluster", "word-clouds", "project", "emrelay"));
        aws.clock().advance(Duration.ofMinutes(5));
        assertThat(steps())
                .containsExactly(
                        "clouds COMPLETED CANCEL_AND_WAIT",
                        "counts COMPLETED CANCEL_AND_WAIT",
                        "words COMPLETED CANCEL_AND_WAIT",
                        "titles COMPLETED CANCEL_AND_WAIT");
        assertThat(arguments("titles")).contains("s3://my-bucket/output/word-clouds/first/titles");
        assertThat(terraform.run("plan", "-detailed-exitcode", "-input=false"))
                .as("nothing has drifted")
                .extracting(TerraformProcess.Outcome::code)
                .isEqualTo(0);

        terraform.succeed("destroy", "-auto-approve", "-input=false");

        assertThat(cluster().state()).isEqualTo("TERMINATED");
        assertThat(remaining()).isEmpty();
        assertThat(aws.foreignChanges()).isEmpty();
    }

    @Test
    void removesAllAfterAFailedStepAndTheIdleTimeout() throws Exception {
        Vpc vpc = aws.account().vpc();
        Subnet subnet = aws.account().natSubnet(vpc, "us-east-1a");
        ExportedPipeline pipeline = new TerraformFixture(directory.resolve("project"))
                .steps("{\"name\": \"demo\", \"steps\": ["
                        + TerraformFixture.step("first", ", \"args\": {\"title\": \"a\\\"b$${c}%{d}\\n\"}") + ", "
                        + TerraformFixture.step("second", "") + "]}")
                .small(", \"ManagedScalingPolicy\": {\"ComputeLimits\": {\"MinimumCapacityUnits\": 1,"
                        + " \"MaximumCapacityUnits\": 8}}")
                .inPrivateSubnets()
                .export();
        aws.emr().scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(30), "no titles"));
        TerraformProcess terraform = terraform(pipeline, vpc.id(), List.of(subnet.id()));

        terraform.succeed("apply", "-auto-approve", "-input=false");

        assertThat(clients.emr()
                        .getManagedScalingPolicy(
                                request -> request.clusterId(cluster().id()))
                        .managedScalingPolicy()
                        .computeLimits()
                        .maximumOnDemandCapacityUnits())
                .isEqualTo(8);
        aws.clock().advance(Duration.ofMinutes(5));
        assertThat(steps()).containsExactly("second CANCELLED CANCEL_AND_WAIT", "first FAILED CANCEL_AND_WAIT");
        assertThat(arguments("first")).containsSubsequence("--title", "a\"b${c}%{d}\n");
        assertThat(cluster().state()).isEqualTo("WAITING");
        aws.clock().advance(Duration.ofHours(1));
        aws.clock().advance(Duration.ofHours(1));
        assertThat(cluster().state()).isEqualTo("TERMINATED");

        terraform.succeed("destroy", "-auto-approve", "-input=false");

        assertThat(remaining()).isEmpty();
        assertThat(aws.foreignChanges()).isEmpty();
    }
}
