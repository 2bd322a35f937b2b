package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.json.JsonMap;
import org.jspecify.annotations.Nullable;

/** A Terraform configuration with the cluster, its resources and its steps. A cluster is one run. */
public final class TerraformFormat implements ExportFormat {
    private static final String EXAMPLE = "terraform.tfvars.example";

    @Override
    public List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        List<String> obstacles = new ArrayList<>();
        if (schedule != null) {
            obstacles.add("Terraform has no schedule. Omit --schedule, or export to airflow or step-functions.");
        }
        obstacles.addAll(ClusterBlocks.obstacles(pipeline));
        obstacles.addAll(new StepObstacles(pipeline).sentences());
        return obstacles;
    }

    @Override
    public List<String> differences(ExportedPipeline pipeline) {
        List<String> differences = new ArrayList<>();
        differences.add(
                "`terraform apply` ends when the cluster has started, and does not wait for its steps. A step that"
                        + " fails later does not fail it.");
        differences.add("The cluster stays up after the last step and after a failure, until its idle timeout or"
                + " `terraform destroy`.");
        if (pipeline.steps().stream().anyMatch(step -> step.failurePolicy().retries() > 0)) {
            differences.add("Steps are not retried.");
        }
        if (pipeline.steps().stream().anyMatch(step -> step.failurePolicy().timeout() != null)) {
            differences.add("Steps have no time limit.");
        }
        if (!Integer.valueOf(1).equals(pipeline.cluster().get("StepConcurrencyLevel"))) {
            differences.add("Steps run one at a time.");
        }
        String late = String.join(" and ", ClusterBlocks.lateAdditions(pipeline));
        if (!late.isEmpty()) {
            differences.add("EMR gets the " + late + " when the cluster has started. The first step may start before.");
        }
        return differences;
    }

    @Override
    public Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        TerraformText text = new TerraformText();
        List<String> prerequisites = new ArrayList<>();
        List<HclBlock> access = AccessBlocks.of(pipeline.resources(), prerequisites, text);
        List<HclBlock> network = NetworkBlocks.of(pipeline.resources().groups(), prerequisites, text);
        List<HclBlock> cluster = ClusterBlocks.of(pipeline, prerequisites, text);
        List<HclBlock> main = lookups(text);
        main.addAll(cluster);
        Map<String, String> files = new TreeMap<>();
        files.put("versions.tf", HclWriter.write(versions()));
        files.put("variables.tf", HclWriter.write(VariableBlocks.variables(pipeline)));
        files.put("main.tf", HclWriter.write(main));
        if (!access.isEmpty()) {
            files.put("iam.tf", HclWriter.write(access));
        }
        if (!network.isEmpty()) {
            files.put("network.tf", HclWriter.write(network));
        }
        files.put("outputs.tf", HclWriter.write(VariableBlocks.outputs(pipeline, text)));
        files.put(EXAMPLE, HclWriter.write(VariableBlocks.example(pipeline)));
        return files;
    }

    private static List<HclBlock> versions() {
        return List.of(new HclBlock("terraform")
                .with("required_version", ">= 1.4")
                .with(new HclBlock("required_providers")
                        .with(
                                "aws",
                                new JsonMap().with("source", "hashicorp/aws").with("version", "~> 5.100"))));
    }

    /** What Terraform looks up for the other files. */
    private static List<HclBlock> lookups(TerraformText text) {
        List<HclBlock> lookups = new ArrayList<>();
        if (text.hasUsed(Reference.SUBNET_ARNS)) {
            // A subnet's owner may have shared it with this account.
            lookups.add(new HclBlock("locals")
                    .with(
                            "subnet_arns",
                            new HclExpression("[for id in var.subnet_ids : \"arn:${"
                                    + text.expression(Reference.PARTITION).code() + "}:ec2:*:*:subnet/${id}\"]")));
        }
        if (text.hasUsed(Reference.ACCOUNT)) {
            lookups.add(HclBlock.data("aws_caller_identity"));
        }
        if (text.hasUsed(Reference.PARTITION)) {
            lookups.add(HclBlock.data("aws_partition"));
        }
        if (text.hasUsed(Reference.REGION)) {
            lookups.add(HclBlock.data("aws_region"));
        }
        return lookups;
    }

    @Override
    public String instructions(ExportedPipeline pipeline) {
        return """
                ## Run

                Copy `%1$s` to `terraform.tfvars` and set the variables, which `variables.tf` describes. Region and credentials are those of the AWS CLI.

                    ./upload.sh BUCKET
                    terraform init
                    terraform apply

                uploads the files and creates roles, security groups and the cluster with its steps. Outputs are in `s3://BUCKET/%2$soutput/%3$s/RUN/`, with `run_id`
                as RUN. EMR may see new roles and security groups late: if it refuses them, or ends the first cluster because its service role is invalid, apply again.

                `terraform apply` ends when the cluster has started. Look at the steps:

                    aws emr list-steps --cluster-id "$(terraform output -raw cluster_id)" \\
                      --query 'reverse(Steps)[].[Name, Status.State]' --output table

                A failed step cancels those after it, if its `action_on_failure` does not say otherwise. The cluster terminates when it has been idle for %4$s seconds.

                To run the pipeline again, set another `run_id` and apply. That terminates the cluster, if it is still up, and creates another one. Once the cluster has
                terminated, any `terraform apply` runs the pipeline again, so set another `run_id` before.

                ## Remove

                    terraform destroy

                terminates the cluster and deletes the other resources. The bucket stays, with outputs and logs.
                """.formatted(EXAMPLE, pipeline.keyPrefix(), pipeline.name(), ClusterBlocks.idleSeconds(pipeline));
    }
}
