package org.emrelay.runner.export.airflow;

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

/** An Airflow DAG, and a CloudFormation template with the resources of its clusters. */
public final class AirflowFormat implements ExportFormat {
    private static final String CALLER_POLICY = "CallerPolicy";

    @Override
    public List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        return schedule != null && schedule.unix().isEmpty()
                ? List.of("--schedule '" + schedule.eventBridge()
                        + "': Airflow's cron expressions have no year, and neither L, W nor #. Use others.")
                : List.of();
    }

    @Override
    public List<String> differences(ExportedPipeline pipeline) {
        List<String> differences = new ArrayList<>();
        boolean isParallel = !Integer.valueOf(1).equals(pipeline.cluster().get("StepConcurrencyLevel"));
        boolean maySkip = pipeline.steps().stream()
                .anyMatch(step -> step.mayFail()
                        && pipeline.steps().stream()
                                .anyMatch(other -> other.needs().contains(step.name())));
        if (isParallel) {
            differences.add("After a failure, steps that do not depend on the failed one still start.");
        } else if (maySkip) {
            differences.add(
                    "If a step fails that depends on one with \"on_failure\": \"continue\", later steps that do not depend on it still start.");
        }
        if (pipeline.steps().stream()
                .anyMatch(step -> step.failurePolicy().retries() > 0
                        && step.failurePolicy().timeout() != null)) {
            differences.add(
                    "A step that exceeds its time limit is not retried: its application may still write. The run fails, and the cluster ends.");
        }
        differences.add(
                "If the answer to the creation of a cluster is lost, the AWS SDK may create another one. It ends after its idle timeout.");
        return differences;
    }

    @Override
    public Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        String module = DagFile.module(pipeline);
        Map<String, String> files = new TreeMap<>();
        files.put("dags/" + module + ".py", DagFile.of(pipeline, schedule));
        files.put(CloudFormationFormat.TEMPLATE, JsonWriter.pretty(template(pipeline)));
        files.put(
                DeploymentScripts.DEPLOY,
                DeploymentScripts.deploy(
                        pipeline,
                        List.of(),
                        List.of(),
                        List.of(
                                "aws cloudformation describe-stacks --stack-name \"$stack\" --query 'Stacks[0].Outputs' --output json"
                                        + " >dags/" + module + ".json",
                                "echo \"Copy $PWD/dags/" + module + ".py and " + module
                                        + ".json to the DAG folder of Airflow.\" >&2")));
        files.put(DeploymentScripts.DELETE, DeploymentScripts.delete(pipeline));
        return files;
    }

    private static Map<String, Object> template(ExportedPipeline pipeline) {
        Map<String, Object> resources = new LinkedHashMap<>(ClusterResourcesTemplate.resources(pipeline));
        resources.put(
                CALLER_POLICY,
                new JsonMap()
                        .with("Type", "AWS::IAM::ManagedPolicy")
                        .with(
                                "Properties",
                                new JsonMap()
                                        .with(
                                                "Description",
                                                "What Airflow needs to run the pipeline " + pipeline.name())
                                        .with("ManagedPolicyName", Map.of("Fn::Sub", "${AWS::StackName}-airflow"))
                                        .with("PolicyDocument", PolicyDocument.of(CallerStatements.of(pipeline)))));
        Map<String, Object> outputs = new LinkedHashMap<>(ClusterResourcesTemplate.outputs(pipeline));
        outputs.put(CALLER_POLICY, Map.of("Value", Map.of("Ref", CALLER_POLICY)));
        return new JsonMap()
                .with("AWSTemplateFormatVersion", "2010-09-09")
                .with(
                        "Description",
                        "Resources for the pipeline " + pipeline.name() + " on Airflow, exported by Emrelay")
                .with("Parameters", ClusterResourcesTemplate.parameters(pipeline))
                .with("Resources", resources)
                .with("Outputs", outputs);
    }

    @Override
    public String instructions(ExportedPipeline pipeline) {
        String module = DagFile.module(pipeline);
        return """
                ## Deploy

                    ./deploy.sh --bucket BUCKET --subnets SUBNET,… --vpc VPC

                uploads the files, creates the stack `%1$s` with the roles and security groups of the clusters, and writes its outputs to `dags/%2$s.json`. Copy
                `dags/%2$s.py` and `dags/%2$s.json` to the DAG folder of Airflow 2.10 or 3 with `apache-airflow-providers-amazon`. The connection `aws_default`
                needs a region, and the managed policy that `CallerPolicy` in `dags/%2$s.json` names.

                ## Run

                    airflow dags test %3$s

                or `airflow dags trigger`, or the schedule. Each run creates a cluster, and terminates it however the run ends. Outputs are in
                `s3://BUCKET/%4$soutput/%3$s/RUN/`, with the ID of the run without colons. A run whose step fails is failed. Airflow asks EMR every 30 seconds, or as
                often as `PollSeconds` says, an output that you may add to `dags/%2$s.json`.

                ## Remove

                    ./delete.sh

                terminates the clusters and deletes the stack. The bucket stays, with outputs and logs. Remove the two files from the DAG folder.
                """.formatted(DeploymentScripts.stack(pipeline), module, pipeline.name(), pipeline.keyPrefix());
    }
}
