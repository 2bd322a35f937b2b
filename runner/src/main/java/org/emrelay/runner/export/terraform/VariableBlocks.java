package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;
import org.emrelay.runner.export.cloudformation.DeploymentScripts;

/** The variables and outputs of an export, and an example of the variables' values. */
final class VariableBlocks {
    private static final HclExpression STRING = new HclExpression("string");

    private VariableBlocks() {}

    static List<HclBlock> variables(ExportedPipeline pipeline) {
        List<HclBlock> variables = new ArrayList<>();
        variables.add(variable("name", "The name of the deployment, a prefix of the names of its resources.", STRING)
                .with("default", DeploymentScripts.stack(pipeline))
                .with(pattern("name", "^[A-Za-z][A-Za-z0-9-]{0,49}$", "Use letters, digits and hyphens, at most 50.")));
        variables.add(variable("bucket", "The bucket with the uploaded files, for outputs and logs.", STRING)
                .with("default", pipeline.bucket().orElse(null)));
        if (hasVpc(pipeline)) {
            variables.add(variable("vpc_id", "The VPC of the subnets.", STRING));
        }
        variables.add(variable(
                        "subnet_ids",
                        "The subnets of the cluster; EMR chooses one of them.",
                        new HclExpression("list(string)"))
                .with("default", pipeline.subnets().isEmpty() ? null : pipeline.subnets())
                .with(validation(new HclExpression("length(var.subnet_ids) > 0"), "Name at least one subnet.")));
        variables.add(variable("run_id", "The ID of the run, the name of the folder of its outputs.", STRING)
                .with(pattern(
                        "run_id",
                        "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
                        "Use letters, digits, underscores, dots and hyphens.")));
        return variables;
    }

    private static boolean hasVpc(ExportedPipeline pipeline) {
        return !pipeline.resources().groups().isEmpty();
    }

    private static HclBlock variable(String name, String description, HclExpression type) {
        return new HclBlock("variable", name).with("description", description).with("type", type);
    }

    private static HclBlock pattern(String variable, String pattern, String message) {
        return validation(
                new HclExpression("can(regex(" + HclExpression.string(pattern).code() + ", var." + variable + "))"),
                message);
    }

    private static HclBlock validation(HclExpression condition, String message) {
        return new HclBlock("validation").with("condition", condition).with("error_message", message);
    }

    /** Values for the variables that have no default. */
    static Map<String, Object> example(ExportedPipeline pipeline) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (pipeline.bucket().isEmpty()) {
            values.put("bucket", "my-bucket");
        }
        if (hasVpc(pipeline)) {
            values.put("vpc_id", "vpc-0123456789abcdef0");
        }
        if (pipeline.subnets().isEmpty()) {
            values.put("subnet_ids", List.of("subnet-0123456789abcdef0"));
        }
        values.put("run_id", "run-1");
        return values;
    }

    static List<HclBlock> outputs(ExportedPipeline pipeline, TerraformText text) {
        Map<String, Object> uris = new LinkedHashMap<>();
        for (ExportedStep step : pipeline.steps()) {
            uris.put(step.name().value(), text.of(step.output()));
        }
        return List.of(
                output("cluster_id", "The ID of the cluster.", new HclExpression("aws_emr_cluster.this.id")),
                output("output_uris", "Where the steps write, by the names of the steps.", uris));
    }

    private static HclBlock output(String name, String description, Object value) {
        return new HclBlock("output", name).with("description", description).with("value", value);
    }
}
