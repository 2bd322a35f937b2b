package org.emrelay.runner.export.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;
import org.emrelay.runner.export.ReferenceText;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.jspecify.annotations.Nullable;

/** A CloudFormation template with the cluster, its resources and its steps. A stack is one run. */
public final class CloudFormationFormat implements ExportFormat {
    /** The name of the template's file. */
    public static final String TEMPLATE = "template.json";

    private static final String CLUSTER = "Cluster";

    @Override
    public List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        List<String> obstacles = new ArrayList<>();
        if (schedule != null) {
            obstacles.add("A stack cannot run on a schedule. Omit --schedule, or export to airflow or step-functions.");
        }
        EmrClusterResource.missing(pipeline.cluster())
                .forEach(key -> obstacles.add("CloudFormation has no " + key + ". Remove it from the cluster file."));
        for (ExportedStep step : pipeline.steps()) {
            if (step.failurePolicy().onFailure() == OnFailure.TERMINATE_CLUSTER) {
                obstacles.add(
                        "Step '" + step.name() + "': a step in CloudFormation cannot terminate its cluster when it"
                                + " fails. Set \"on_failure\" to \"cancel\"; the idle timeout then ends the cluster.");
            }
            Set<String> dependents = pipeline.steps().stream()
                    .filter(other -> other.needs().contains(step.name()))
                    .map(other -> "'" + other.name() + "'")
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            if (step.mayFail() && !dependents.isEmpty()) {
                obstacles.add(
                        "Step '" + step.name() + "' has \"on_failure\": \"continue\", and CloudFormation would start "
                                + String.join(", ", dependents)
                                + " without its output. Set \"on_failure\" to \"cancel\".");
            }
        }
        return obstacles;
    }

    @Override
    public List<String> differences(ExportedPipeline pipeline) {
        List<String> differences = new ArrayList<>();
        differences.add(
                "A stack runs the pipeline once. A new value of `Run` runs its steps again, on the same cluster if it is still up.");
        differences.add(
                "Whether the stack fails with a step is not documented by AWS. Look at the states of the steps.");
        if (pipeline.steps().stream().anyMatch(step -> step.failurePolicy().retries() > 0)) {
            differences.add("Steps are not retried.");
        }
        if (pipeline.steps().stream().anyMatch(step -> step.failurePolicy().timeout() != null)) {
            differences.add("Steps have no time limit.");
        }
        if (!Integer.valueOf(1).equals(pipeline.cluster().get("StepConcurrencyLevel"))) {
            differences.add("Steps run one at a time.");
        }
        return differences;
    }

    @Override
    public Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        Map<String, String> files = new TreeMap<>();
        files.put(TEMPLATE, JsonWriter.pretty(template(pipeline)));
        files.put(
                DeploymentScripts.DEPLOY,
                DeploymentScripts.deploy(pipeline, List.of(), List.of("Run=\"$(date -u +%Y%m%d-%H%M%S)\""), List.of()));
        files.put(DeploymentScripts.DELETE, DeploymentScripts.delete(pipeline));
        return files;
    }

    /** The template, in JSON. */
    static Map<String, Object> template(ExportedPipeline pipeline) {
        Map<String, Object> parameters = new LinkedHashMap<>(ClusterResourcesTemplate.parameters(pipeline));
        parameters.put(
                "Run",
                new JsonMap()
                        .with("Type", "String")
                        .with("Description", "The ID of the run; outputs are in a folder of this name")
                        .with("AllowedPattern", "[A-Za-z0-9][A-Za-z0-9_.-]*"));
        Map<String, Object> resources = new LinkedHashMap<>(ClusterResourcesTemplate.resources(pipeline));
        resources.put(CLUSTER, cluster(pipeline, ClusterResourcesTemplate.rules(resources)));
        String previous = "";
        for (int i = 0; i < pipeline.steps().size(); i++) {
            String id = "Step" + (i + 1);
            resources.put(id, step(pipeline.steps().get(i), previous));
            previous = id;
        }
        return new JsonMap()
                .with("AWSTemplateFormatVersion", "2010-09-09")
                .with("Description", "The pipeline " + pipeline.name() + ", exported by Emrelay")
                .with("Parameters", parameters)
                .with("Resources", resources)
                .with("Outputs", Map.of("ClusterId", Map.of("Value", Map.of("Ref", CLUSTER))));
    }

    /** @param rules which must exist longer than the cluster; it refers to the other resources */
    private static Map<String, Object> cluster(ExportedPipeline pipeline, List<String> rules) {
        return new JsonMap()
                .with("Type", "AWS::EMR::Cluster")
                .with("DependsOn", rules.isEmpty() ? null : rules)
                .with("Properties", replaced(EmrClusterResource.properties(pipeline.cluster())));
    }

    private static Map<String, Object> step(ExportedStep step, String previous) {
        return new JsonMap()
                .with("Type", "AWS::EMR::Step")
                .with("DependsOn", previous.isEmpty() ? null : previous)
                .with(
                        "Properties",
                        replaced(new JsonMap()
                                .with("JobFlowId", Map.of("Ref", CLUSTER))
                                .with("Name", step.name().value())
                                .with("ActionOnFailure", step.mayFail() ? "CONTINUE" : "CANCEL_AND_WAIT")
                                .with(
                                        "HadoopJarStep",
                                        new JsonMap()
                                                .with("Jar", ExportedStep.COMMAND_RUNNER)
                                                .with("Args", step.arguments()))));
    }

    private static Object replaced(Map<String, Object> properties) {
        return ReferenceText.replaceAll(properties, new CloudFormationText());
    }

    @Override
    public String instructions(ExportedPipeline pipeline) {
        return """
                ## Run

                    ./deploy.sh --bucket BUCKET --subnets SUBNET,… --vpc VPC

                uploads the files and creates the stack `%1$s`: roles, security groups, the cluster and its steps. A step starts after the one before
                it has succeeded. Outputs are in `s3://BUCKET/%2$soutput/%1$s/RUN/`, with the time of the deployment as RUN. Look at the steps:

                    aws emr list-steps --cluster-id "$(aws cloudformation describe-stacks --stack-name %1$s \\
                      --query 'Stacks[0].Outputs[?OutputKey==`ClusterId`].OutputValue' --output text)"

                ## Remove

                    ./delete.sh

                terminates the cluster and deletes the stack. The bucket stays, with outputs and logs. Without it, the cluster ends after its idle timeout, but
                the stack stays.
                """.formatted(pipeline.name(), pipeline.keyPrefix());
    }
}
