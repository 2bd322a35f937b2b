package org.emrelay.runner.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerraformFormatTest {
    private static final Path RESOURCES = Path.of("src", "test", "resources", "export");

    private final TerraformFormat format = new TerraformFormat();

    @TempDir
    Path directory;

    private TerraformFixture project;

    @BeforeEach
    void createProject() {
        project = new TerraformFixture(directory);
    }

    private List<String> obstacles() {
        return format.obstacles(project.export(), null);
    }

    private String file(String name) {
        return Objects.requireNonNull(format.files(project.export(), null).get(name));
    }

    /** The blocks that contain a text, as they are in the file. */
    private String blocks(String file, String part) {
        return Stream.of(file(file).split("(?<=\n}\n)\n"))
                .filter(block -> block.contains(part))
                .collect(Collectors.joining("\n"));
    }

    private void assertMatchesGolden(String name) throws IOException {
        Map<String, String> files = format.files(project.export(), null);
        Path actual = Path.of("target", "golden", "terraform", name);
        Files.createDirectories(actual);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(actual.resolve(file.getKey()), file.getValue());
        }
        Map<String, String> expected = new TreeMap<>();
        try (Stream<Path> list = Files.list(RESOURCES.resolve("terraform").resolve(name))) {
            for (Path file : list.toList()) {
                expected.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(files).isEqualTo(expected);
    }

    @Test
    void exportsThePipelineOfTheRepositoryRoot() throws IOException {
        project.root();

        assertThat(obstacles()).isEmpty();
        assertMatchesGolden("word-clouds");
    }

    @Test
    void exportsEveryKeyThatTheProviderHas() throws IOException {
        project.cluster(Files.readString(RESOURCES.resolve("cluster-for-terraform.json")))
                .file("fonts.sh", "")
                .steps("{\"name\": \"books\", \"steps\": ["
                        + TerraformFixture.step("first", ", \"on_failure\": \"terminate_cluster\"") + ", "
                        + TerraformFixture.step("second", ", \"on_failure\": \"continue\"") + "]}")
                .inPrivateSubnets();

        assertThat(obstacles()).isEmpty();
        assertMatchesGolden("every-key");
    }

    @Test
    void exportsAClusterWhoseResourcesAreProvided() throws IOException {
        project.small("""
                , "ServiceRole": "EmrService", "JobFlowRole": "EmrNodes", "SecurityConfiguration": "imdsv2",
                "EmrManagedMasterSecurityGroup": "sg-0123456789abcdef0",
                "EmrManagedSlaveSecurityGroup": "sg-0123456789abcdef1",
                "Ec2SubnetIds": ["subnet-0123456789abcdef0"], "bucket": "my-company-data"
                """);

        assertThat(obstacles()).isEmpty();
        assertThat(format.files(project.export(), null))
                .containsOnlyKeys("main.tf", "outputs.tf", "terraform.tfvars.example", "variables.tf", "versions.tf");
        assertThat(file("terraform.tfvars.example")).isEqualTo("run_id = \"run-1\"\n");
        assertThat(file("main.tf")).doesNotContain("aws_caller_identity", "depends_on", "subnet_arns");
    }

    @Test
    void keepsArgumentsThatHclWouldInterpret() {
        project.steps("{\"name\": \"demo\", \"steps\": ["
                + TerraformFixture.step(
                        "only",
                        ", \"deploy_mode\": \"client\","
                                + " \"args\": [\"a\\\"b$${c}%{d}\\n\", \"5$\", \"${output}$${x}\"]")
                + "]}");

        assertThat(file("main.tf"))
                .contains(
                        "        \"a\\\"b$${c}%%{d}\\n\",\n",
                        "        \"5$\",\n", "        \"s3://${var.bucket}/output/demo/${var.run_id}/only$${x}\",\n");
    }

    @Test
    void keepsASignBeforeAReference() {
        assertThat(new TerraformText().of("5$" + Reference.BUCKET.token() + "%" + Reference.RUN.token() + "$"))
                .isEqualTo(new HclExpression("\"5\\u0024${var.bucket}\\u0025${var.run_id}$\""));
    }

    @Test
    void refusesASchedule() {
        assertThat(format.obstacles(
                        project.export(),
                        CronSchedule.parse("cron(0 6 * * ? *)").orElseThrow()))
                .containsExactly("Terraform has no schedule. Omit --schedule, or export to airflow or step-functions.");
    }

    @Test
    void refusesKeysThatTheProviderLacks() throws IOException {
        project.cluster(Files.readString(Path.of("src", "test", "resources", "cluster-with-every-key.json")));

        assertThat(obstacles())
                .containsExactly(
                        "Terraform's AWS provider ignores InstanceFleets.InstanceTypeConfigs.EbsConfiguration."
                                + "EbsBlockDeviceConfigs with several elements. Keep one of them, with VolumesPerInstance.",
                        lacks(
                                "InstanceFleets.InstanceTypeConfigs.EbsConfiguration.EbsBlockDeviceConfigs.VolumeSpecification.Throughput"),
                        lacks("InstanceFleets.InstanceTypeConfigs.EbsConfiguration.EbsOptimized"),
                        lacks("InstanceFleets.InstanceTypeConfigs.Priority"),
                        lacks("InstanceFleets.InstanceTypeConfigs.CustomAmiId"),
                        lacks("InstanceFleets.LaunchSpecifications.OnDemandSpecification.CapacityReservationOptions"),
                        lacks("InstanceFleets.ResizeSpecifications"),
                        lacks("ManagedScalingPolicy.ScalingStrategy"),
                        lacks("ManagedScalingPolicy.UtilizationPerformanceIndex"),
                        lacks("RepoUpgradeOnBoot"),
                        lacks("EbsRootVolumeIops"),
                        lacks("EbsRootVolumeThroughput"));
    }

    private static String lacks(String key) {
        return "Terraform's AWS provider has no " + key + ". Remove it from the cluster file.";
    }

    @Test
    void refusesNestedConfigurationsOfAnInstanceType() {
        project.cluster("""
                {"InstanceFleets": [
                   {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                    "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge", "Configurations": [
                      {"Classification": "spark-env", "Properties": {}, "Configurations": [
                        {"Classification": "export", "Properties": {"A": "b"}}]}]}]},
                   {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                    "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}],
                 "OSReleaseLabel": "2023.6.20241010.0"}
                """);

        assertThat(obstacles())
                .containsExactly(
                        lacks("InstanceFleets.InstanceTypeConfigs.Configurations.Configurations"),
                        lacks("OSReleaseLabel"));
    }

    @Test
    void refusesSpotCapacityWithoutAnAllocationStrategy() {
        project.cluster("""
                {"InstanceFleets": [
                   {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                    "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                   {"InstanceFleetType": "CORE", "TargetSpotCapacity": 1,
                    "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}],
                    "LaunchSpecifications": {"SpotSpecification": {"TimeoutDurationMinutes": 30}}}]}
                """);

        assertThat(obstacles())
                .containsExactly("Terraform's AWS provider needs"
                        + " InstanceFleets.LaunchSpecifications.SpotSpecification.AllocationStrategy. Add it to the cluster"
                        + " file, such as price-capacity-optimized.");
    }

    @Test
    void refusesScalingLimitsThatTheProviderDropsTogether() {
        project.small("""
                , "ManagedScalingPolicy": {"ComputeLimits": {"MinimumCapacityUnits": 1, "MaximumCapacityUnits": 8,
                  "MaximumOnDemandCapacityUnits": 0, "MaximumCoreCapacityUnits": 2}}
                """);

        assertThat(obstacles())
                .containsExactly("Terraform's AWS provider ignores"
                        + " ManagedScalingPolicy.ComputeLimits.MaximumOnDemandCapacityUnits 0 beside"
                        + " MaximumCoreCapacityUnits. Remove one of them from the cluster file.");
    }

    @Test
    void limitsOnDemandUnitsAsEmrDoesByDefault() {
        project.small("""
                , "ManagedScalingPolicy": {"ComputeLimits": {"MinimumCapacityUnits": 1, "MaximumCapacityUnits": 8}}
                """);

        assertThat(blocks("main.tf", "managed_scaling")).isEqualTo("""
                resource "aws_emr_managed_scaling_policy" "this" {
                  cluster_id = aws_emr_cluster.this.id

                  compute_limits {
                    unit_type                       = "InstanceFleetUnits"
                    minimum_capacity_units          = 1
                    maximum_capacity_units          = 8
                    maximum_ondemand_capacity_units = 8
                  }
                }
                """);
    }

    @Test
    void refusesAStepThatMayFailIfAnotherNeedsIt() {
        project.steps("{\"name\": \"demo\", \"steps\": [" + TerraformFixture.step("a", ", \"on_failure\": \"continue\"")
                + ", " + TerraformFixture.step("b", ", \"inputs\": {\"in\": {\"from_step\": \"a\"}}") + ", "
                + TerraformFixture.step("c", ", \"inputs\": {\"in\": {\"from_step\": \"b\"}}") + "]}");

        assertThat(obstacles())
                .containsExactly("Step 'a' has \"on_failure\": \"continue\", and EMR would start 'b', 'c' without its"
                        + " output. Set \"on_failure\" to \"cancel\".");
    }

    @Test
    void refusesArgumentsThatTerraformWouldChange() {
        project.steps("{\"name\": \"demo\", \"steps\": ["
                + TerraformFixture.step("empty", ", \"args\": {\"separator\": \"\", \"x\": \"y\"}") + ", "
                + TerraformFixture.step("accent", ", \"args\": {\"title\": \"e\u0301tat\"}") + "]}");

        assertThat(obstacles())
                .containsExactly(
                        "Step 'empty' has an empty argument, which Terraform's AWS provider leaves out. Remove it.",
                        "Step 'accent' has an argument that is not in Unicode's normal form C, to which Terraform would"
                                + " change it. Write it in that form.");
    }

    @Test
    void refusesTextOfTheClusterThatTerraformWouldChange() {
        project.small(
                ", \"Configurations\": [{\"Classification\": \"spark-env\", \"Properties\": {\"e\u0301\": \"x\"}}]");

        assertThat(obstacles())
                .containsExactly(
                        "The cluster file has text that is not in Unicode's normal form C, to which Terraform would"
                                + " change it. Write it in that form.");
    }

    @Test
    void refusesMoreStepsThanANewClusterTakes() {
        project.steps("{\"name\": \"demo\", \"steps\": ["
                + IntStream.range(0, 257)
                        .mapToObj(i -> TerraformFixture.step("s" + i, ""))
                        .collect(Collectors.joining(", "))
                + "]}");

        assertThat(obstacles())
                .containsExactly(
                        "The pipeline has 257 steps, and EMR creates a cluster with at most 256. Split the pipeline.");
    }

    @Test
    void saysWhatDiffersForAPlainPipeline() {
        assertThat(format.differences(project.export()))
                .containsExactly(
                        "`terraform apply` ends when the cluster has started, and does not wait for its steps. A step that"
                                + " fails later does not fail it.",
                        "The cluster stays up after the last step and after a failure, until its idle timeout or"
                                + " `terraform destroy`.");
    }

    @Test
    void saysWhatDiffersForRetriesTimeLimitsAndParallelSteps() {
        project.root()
                .steps("{\"name\": \"demo\", \"steps\": ["
                        + TerraformFixture.step("only", ", \"retries\": 1, \"timeout\": \"30m\"") + "]}");
        assertThat(format.differences(project.export()))
                .contains(
                        "Steps are not retried.",
                        "Steps have no time limit.",
                        "EMR gets the task fleet when the cluster has started. The first step may start before.");

        project.small(", \"StepConcurrencyLevel\": 3, \"ManagedScalingPolicy\": {\"ComputeLimits\":"
                + " {\"MinimumCapacityUnits\": 1, \"MaximumCapacityUnits\": 8}}");
        assertThat(format.differences(project.export()))
                .contains(
                        "Steps run one at a time.",
                        "EMR gets the managed scaling policy when the cluster has started. The first step may start"
                                + " before.");
        assertThat(file("main.tf")).contains("step_concurrency_level            = 1\n");
    }

    @Test
    void explainsHowToRunAndRemove() {
        project.small(", \"prefix\": \"team\", \"bucket\": \"my-company-data\"");

        assertThat(format.instructions(project.export()))
                .startsWith("## Run\n\nCopy `terraform.tfvars.example` to `terraform.tfvars`")
                .contains("s3://BUCKET/team/output/demo/RUN/", "idle for 3600 seconds")
                .endsWith("The bucket stays, with outputs and logs.\n");
    }

    @Test
    void isTheSameForEqualFiles() {
        assertThat(format.files(project.export(), null)).isEqualTo(format.files(project.export(), null));
    }
}
