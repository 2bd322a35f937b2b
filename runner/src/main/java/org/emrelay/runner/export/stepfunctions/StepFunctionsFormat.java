package org.emrelay.runner.export.stepfunctions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.cloudformation.CallerStatements;
import org.emrelay.runner.export.cloudformation.CloudFormationFormat;
import org.emrelay.runner.export.cloudformation.ClusterResourcesTemplate;
import org.emrelay.runner.export.cloudformation.DeploymentScripts;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.jspecify.annotations.Nullable;

/** A state machine, and a CloudFormation template that creates it with all that it needs. */
public final class StepFunctionsFormat implements ExportFormat {
    /** The name of the state machine's file. */
    public static final String DEFINITION = "state-machine.asl.json";

    private static final String MACHINE = "StateMachine";
    private static final String MACHINE_ROLE = "StateMachineRole";
    private static final String SCHEDULE = "Schedule";
    private static final String SCHEDULE_ROLE = "ScheduleRole";

    @Override
    public List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        return StateMachine.missing(pipeline).stream()
                .map(key -> "Step Functions has no " + key + ". Remove it from the cluster file.")
                .toList();
    }

    @Override
    public List<String> differences(ExportedPipeline pipeline) {
        List<String> differences = new ArrayList<>();
        differences.add(
                "An execution that a user stops leaves its cluster running, until its idle timeout or until `./delete.sh`.");
        if (!Integer.valueOf(1).equals(pipeline.cluster().get("StepConcurrencyLevel"))) {
            differences.add("Steps run one at a time.");
        }
        if (pipeline.steps().stream()
                .anyMatch(step -> step.failurePolicy().retries() > 0
                        && step.failurePolicy().timeout() != null)) {
            differences.add(
                    "A step that exceeds its time limit is not retried: its application may still write. The run fails, and the cluster ends.");
        }
        return differences;
    }

    @Override
    public Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        Map<String, String> files = new TreeMap<>();
        files.put(DEFINITION, StateMachineText.json(StateMachine.of(pipeline)));
        files.put(CloudFormationFormat.TEMPLATE, JsonWriter.pretty(template(pipeline, schedule)));
        files.put(
                DeploymentScripts.DEPLOY,
                DeploymentScripts.deploy(
                        pipeline, uploadOfDefinition(pipeline), List.of("DefinitionKey=\"$definition\""), List.of()));
        files.put(DeploymentScripts.DELETE, DeploymentScripts.delete(pipeline));
        return files;
    }

    /** A stack is updated only if a property changes, so the key has the hash of the content. */
    private static List<String> uploadOfDefinition(ExportedPipeline pipeline) {
        return List.of(
                "definition=" + pipeline.keyPrefix() + "scripts/$(sha256sum " + DEFINITION + " | cut -c 1-16)/"
                        + DEFINITION,
                "aws s3 cp --only-show-errors " + DEFINITION + " \"s3://$bucket/$definition\"");
    }

    private static Map<String, Object> template(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        Map<String, Object> parameters = new LinkedHashMap<>(ClusterResourcesTemplate.parameters(pipeline));
        parameters.put(
                "DefinitionKey",
                new JsonMap().with("Type", "String").with("Description", "The state machine's file in the bucket"));
        Map<String, Object> resources = new LinkedHashMap<>(ClusterResourcesTemplate.resources(pipeline));
        resources.put(MACHINE_ROLE, machineRole(pipeline));
        resources.put(MACHINE, machine(pipeline));
        if (schedule != null) {
            resources.put(SCHEDULE_ROLE, scheduleRole());
            resources.put(SCHEDULE, schedule(schedule));
        }
        return new JsonMap()
                .with("AWSTemplateFormatVersion", "2010-09-09")
                .with("Description", "The pipeline " + pipeline.name() + ", exported by Emrelay")
                .with("Parameters", parameters)
                .with("Resources", resources)
                .with("Outputs", Map.of(MACHINE, Map.of("Value", Map.of("Ref", MACHINE))));
    }

    private static Map<String, Object> machine(ExportedPipeline pipeline) {
        Map<String, Object> substitutions = new LinkedHashMap<>();
        substitutions.put("Partition", Map.of("Ref", "AWS::Partition"));
        ClusterResourcesTemplate.outputs(pipeline)
                .forEach((name, output) -> substitutions.put(name, ((Map<?, ?>) output).get("Value")));
        return new JsonMap()
                .with("Type", "AWS::StepFunctions::StateMachine")
                .with(
                        "Properties",
                        new JsonMap()
                                .with("StateMachineName", Map.of("Ref", "AWS::StackName"))
                                .with("RoleArn", arn(MACHINE_ROLE))
                                .with(
                                        "DefinitionS3Location",
                                        new JsonMap()
                                                .with("Bucket", Map.of("Ref", "Bucket"))
                                                .with("Key", Map.of("Ref", "DefinitionKey")))
                                .with("DefinitionSubstitutions", substitutions)
                                .with("Tags", ClusterResourcesTemplate.tags(pipeline)));
    }

    private static Map<String, Object> arn(String role) {
        return Map.of("Fn::GetAtt", List.of(role, "Arn"));
    }

    private static Map<String, Object> machineRole(ExportedPipeline pipeline) {
        List<Map<String, Object>> statements = new ArrayList<>(CallerStatements.of(pipeline));
        statements.add(
                new JsonMap()
                        .with("Sid", "WaitForClustersAndSteps")
                        .with("Effect", "Allow")
                        .with("Action", List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"))
                        .with(
                                "Resource",
                                Map.of(
                                        "Fn::Sub",
                                        "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventForEMR*")));
        return role("states.amazonaws.com", "-steps", statements);
    }

    private static Map<String, Object> role(String service, String suffix, List<Map<String, Object>> statements) {
        return new JsonMap()
                .with("Type", "AWS::IAM::Role")
                .with(
                        "Properties",
                        new JsonMap()
                                .with("RoleName", Map.of("Fn::Sub", "${AWS::StackName}" + suffix))
                                .with(
                                        "AssumeRolePolicyDocument",
                                        PolicyDocument.trust(
                                                service,
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")))))
                                .with(
                                        "Policies",
                                        List.of(new JsonMap()
                                                .with("PolicyName", "emrelay")
                                                .with("PolicyDocument", PolicyDocument.of(statements)))));
    }

    private static Map<String, Object> scheduleRole() {
        return role(
                "scheduler.amazonaws.com",
                "-schedule",
                List.of(new JsonMap()
                        .with("Sid", "StartThePipeline")
                        .with("Effect", "Allow")
                        .with("Action", List.of("states:StartExecution"))
                        .with("Resource", Map.of("Ref", MACHINE))));
    }

    private static Map<String, Object> schedule(CronSchedule schedule) {
        return new JsonMap()
                .with("Type", "AWS::Scheduler::Schedule")
                .with(
                        "Properties",
                        new JsonMap()
                                .with("Name", Map.of("Ref", "AWS::StackName"))
                                .with("ScheduleExpression", schedule.eventBridge())
                                .with("FlexibleTimeWindow", Map.of("Mode", "OFF"))
                                .with(
                                        "Target",
                                        new JsonMap()
                                                .with("Arn", Map.of("Ref", MACHINE))
                                                .with("RoleArn", arn(SCHEDULE_ROLE))
                                                // A second start could make a second cluster.
                                                .with("RetryPolicy", Map.of("MaximumRetryAttempts", 0))));
    }

    @Override
    public String instructions(ExportedPipeline pipeline) {
        return """
                ## Deploy

                    ./deploy.sh --bucket BUCKET --subnets SUBNET,… --vpc VPC

                uploads the files and creates the stack `%1$s`: the state machine with its role, and the roles and security groups of its clusters.

                ## Run

                    machine=$(aws cloudformation describe-stacks --stack-name %1$s \\
                      --query 'Stacks[0].Outputs[0].OutputValue' --output text)
                    aws stepfunctions start-execution --state-machine-arn "$machine" --name "$(date -u +%%Y%%m%%d-%%H%%M%%S)"

                Each execution creates a cluster, and terminates it. Outputs are in `s3://BUCKET/%2$soutput/%3$s/NAME/`, with the execution's name. An execution
                whose step fails is failed, with what EMR says about the step.

                ## Remove

                    ./delete.sh

                terminates the clusters and deletes the stack. The bucket stays, with outputs and logs.
                """.formatted(DeploymentScripts.stack(pipeline), pipeline.keyPrefix(), pipeline.name());
    }
}
