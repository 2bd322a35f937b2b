package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.emr.spec.CallerPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All commands on EMR, as a caller with exactly the documented policy. */
final class EmrCallerPolicyTest {
    private static final Map<String, String> USED_BY_NO_CALL = Map.of(
            "iam:CreateServiceLinkedRole",
            "EMR creates its own role with the first cluster of an account, with the rights of the caller");

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws().account().bucket("books");
        emr.aws().ec2().encryptEbsByDefault("alias/aws/ebs");
        scriptSucceedingSteps();
        emr.aws()
                .caller()
                .restrictTo(JsonWriter.pretty(CallerPolicy.ofAllClusters().document()));
    }

    private void scriptSucceedingSteps() {
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofSeconds(20)).withProgram(emr::writeOutput));
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private CommandResult succeed(String... arguments) {
        CommandResult result = emr.run(arguments);
        assertThat(result.code()).as("%s", result).isZero();
        return result;
    }

    /** A cluster with all that create_cluster can create: in a private subnet, protected, with managed scaling and policies. */
    private void createLargeCluster() {
        String subnet = emr.aws()
                .account()
                .natSubnet(emr.aws().account().vpc(), "us-east-1a")
                .id();
        emr.clusterFileWith("""
                "Ec2SubnetIds": ["%s"], "TerminationProtected": true, "session_manager": true,
                "ManagedScalingPolicy": {"ComputeLimits": {"UnitType": "InstanceFleetUnits",
                  "MinimumCapacityUnits": 2, "MaximumCapacityUnits": 8}}
                """.formatted(subnet));
        assertThat(emr.create().code()).isZero();
    }

    /** The second attempt of the first step deletes what the first attempt wrote. */
    private void runStepByStep() {
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"counts\", \"inputs\": {",
                                "\"name\": \"counts\", \"inputs\": { \"authors\": \"s3://books/authors.csv\","));
        succeed("-a", "add_steps");
        emr.aws()
                .emr()
                .scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(20), "Application failed")
                        .withProgram(emr::writeOutput));
        assertThat(emr.run("-a", "execute_steps", "--no-logs").code()).isEqualTo(1);
        scriptSucceedingSteps();
        succeed("-a", "execute_steps");
        succeed("-a", "list_steps");
        succeed("-a", "list_runs", "-t", "emr");
        succeed("-a", "logs", "words");
        succeed("-a", "fetch_output");
        succeed("-a", "list_clusters", "-t", "emr");
        succeed("-a", "describe_cluster", "-c", "demo");
    }

    /** Files so large that they are uploaded in parts. The first upload fails, so its parts are deleted. */
    private void uploadInParts() {
        emr.cli().file("titles.csv", "title\n" + "Emma\n".repeat(4_000_000));
        emr.aws()
                .faults()
                .add(
                        Fault.error(400, "InvalidPart", "no"),
                        Calls.named("CompleteMultipartUpload").first(1));
        assertThat(emr.run("-a", "add_steps").code()).isEqualTo(4);
        succeed("-a", "add_steps");
    }

    /** The runner cancels a step that exceeds its timeout. */
    private void exceedATimeout() {
        emr.aws().emr().scriptSteps(name -> StepScript.completesAfter(Duration.ofHours(3)));
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"script_uri\": \"job.py\"", "\"script_uri\": \"job.py\", \"timeout\": \"1m\""));
        succeed("-a", "add_steps");
        assertThat(emr.run("-a", "execute_steps", "--no-logs").code()).isEqualTo(1);
        SampleFiles.writeTo(emr.cli());
        scriptSucceedingSteps();
    }

    /** A cluster whose file provides what others create. */
    private void checkGivenResources() {
        String group = emr.aws()
                .account()
                .securityGroup(emr.aws().account().vpc(), "nodes")
                .id();
        emr.aws().iam().addServiceRole("service");
        emr.clusterFileWith("""
                "ServiceRole": "service", "SecurityConfiguration": "none",
                "EmrManagedMasterSecurityGroup": "%s", "EmrManagedSlaveSecurityGroup": "%s"
                """.formatted(group, group));
        assertThat(emr.run("-a", "plan", "-t", "emr", "--check").err()).doesNotContain("Not checked");
    }

    private List<String> denials() {
        return emr.aws().calls().all().stream()
                .filter(call -> call.outcome().matches("AccessDenied.*|Unauthorized.*"))
                .map(Object::toString)
                .toList();
    }

    private static Set<String> allowedActions() {
        Set<String> actions = new TreeSet<>();
        CallerPolicy.ofAllClusters().statements().forEach(statement -> actions.addAll(statement.actions()));
        return actions;
    }

    @Test
    void thePolicySufficesAndIsUsedCompletely() {
        assertThat(succeed("-a", "plan", "-t", "emr", "--check").err()).isEmpty();
        createLargeCluster();
        runStepByStep();
        uploadInParts();
        exceedATimeout();
        succeed("-a", "terminate_cluster", "-c", "demo", "--yes", "--force", "--delete-bucket");
        emr.clusterFileWith("\"StepConcurrencyLevel\": 1");
        succeed("-a", "run", "-t", "emr");
        emr.aws().clock().advance(Duration.ofHours(2));
        succeed("-a", "list_clusters", "--orphans", "--yes", "--delete-bucket");
        checkGivenResources();

        assertThat(denials()).isEmpty();
        assertThat(Stream.concat(emr.aws().caller().usedActions().stream(), USED_BY_NO_CALL.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(allowedActions());
    }
}
