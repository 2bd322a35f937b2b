package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;
import org.emrelay.runner.export.Reference;
import org.jspecify.annotations.Nullable;

/** Converts a RunJobFlow request and its steps to the resources of Terraform's AWS provider. */
final class ClusterBlocks {
    private static final String CLUSTER = "aws_emr_cluster";
    private static final String INSTANCES = "Instances";
    private static final String FLEETS = "InstanceFleets";
    private static final String FLEET_TYPE = "InstanceFleetType";
    private static final String SCALING = "ManagedScalingPolicy";
    private static final String TERMINATION = "AutoTerminationPolicy";
    private static final String IDLE_TIMEOUT = "IdleTimeout";
    private static final HclExpression CLUSTER_ID = new HclExpression("aws_emr_cluster.this.id");

    private final TerraformText text;
    private final Obstacles obstacles = new Obstacles();
    private final FleetBlocks fleets = new FleetBlocks(obstacles);
    private final HclBlock cluster = HclBlock.resource(CLUSTER, "this");
    private final List<HclBlock> additions = new ArrayList<>();

    private ClusterBlocks(TerraformText text) {
        this.text = text;
    }

    /** What the provider cannot express of the request, each a sentence. */
    static List<String> obstacles(ExportedPipeline pipeline) {
        ClusterBlocks blocks = new ClusterBlocks(new TerraformText());
        blocks.convert(pipeline, List.of());
        return blocks.obstacles.sentences();
    }

    /** @param prerequisites the addresses of the resources that the cluster needs all its life */
    static List<HclBlock> of(ExportedPipeline pipeline, List<String> prerequisites, TerraformText text) {
        ClusterBlocks blocks = new ClusterBlocks(text);
        blocks.convert(pipeline, prerequisites);
        List<HclBlock> all = new ArrayList<>();
        all.add(HclBlock.resource("terraform_data", "run").with("input", text.expression(Reference.RUN)));
        all.add(blocks.cluster);
        all.addAll(blocks.additions);
        return all;
    }

    /** What the provider sets after it has created the cluster. */
    static List<String> lateAdditions(ExportedPipeline pipeline) {
        RequestKeys request = new RequestKeys(pipeline.cluster(), "");
        List<String> late = new ArrayList<>();
        if (request.takeObject(INSTANCES).takeObjects(FLEETS).stream().anyMatch(ClusterBlocks::isTaskFleet)) {
            late.add("task fleet");
        }
        if (request.has(SCALING)) {
            late.add("managed scaling policy");
        }
        return late;
    }

    static Object idleSeconds(ExportedPipeline pipeline) {
        return Objects.requireNonNull(
                new RequestKeys(pipeline.cluster(), "").takeObject(TERMINATION).take(IDLE_TIMEOUT));
    }

    private static boolean isTaskFleet(RequestKeys fleet) {
        return "TASK".equals(fleet.get(FLEET_TYPE));
    }

    private void convert(ExportedPipeline pipeline, List<String> prerequisites) {
        RequestKeys request = new RequestKeys(text.object(pipeline.cluster()), "");
        RequestKeys instances = new RequestKeys(object(request.take(INSTANCES)), "");
        addAttributes(request, instances);
        addNetwork(request, instances);
        cluster.with(new HclBlock("auto_termination_policy")
                .with("idle_timeout", request.takeObject(TERMINATION).take(IDLE_TIMEOUT)));
        instances.takeObjects(FLEETS).forEach(this::addFleet);
        addScaling(request);
        request.takeObjects("BootstrapActions").forEach(this::addBootstrapAction);
        pipeline.steps().forEach(this::addStep);
        cluster.with(new HclBlock("lifecycle")
                .comment("A new run_id runs the pipeline again, on a new cluster.")
                .with("replace_triggered_by", List.of(new HclExpression("terraform_data.run"))));
        if (!prerequisites.isEmpty()) {
            cluster.comment("The cluster needs these until it has terminated.")
                    .with(
                            "depends_on",
                            prerequisites.stream().map(HclExpression::new).toList());
        }
        obstacles.addRemaining(instances);
        obstacles.addRemaining(request);
    }

    private void addAttributes(RequestKeys request, RequestKeys instances) {
        boolean isProtected = Boolean.TRUE.equals(instances.take("TerminationProtected"));
        Object replacement = instances.take("UnhealthyNodeReplacement");
        request.take("StepConcurrencyLevel");
        cluster.with("name", request.take("Name"))
                .with("release_label", request.take("ReleaseLabel"))
                .with(
                        "applications",
                        request.takeObjects("Applications").stream()
                                .map(application -> application.take("Name"))
                                .toList())
                .with("service_role", request.take("ServiceRole"))
                .with("security_configuration", request.take("SecurityConfiguration"))
                .with("log_uri", request.take("LogUri"))
                .with("log_encryption_kms_key_id", request.take("LogEncryptionKmsKeyId"))
                .with("custom_ami_id", request.take("CustomAmiId"))
                .with("ebs_root_volume_size", request.take("EbsRootVolumeSize"))
                .with("scale_down_behavior", request.take("ScaleDownBehavior"))
                .with("keep_job_flow_alive_when_no_steps", instances.take("KeepJobFlowAliveWhenNoSteps"))
                .with("termination_protection", isProtected)
                // The provider's default is false, EMR's is true unless the cluster is protected from termination.
                .with("unhealthy_node_replacement", Objects.requireNonNullElse(replacement, !isProtected))
                .with("step_concurrency_level", 1)
                .with("configurations_json", json(request.take("Configurations")))
                .with("tags", tags(request.takeObjects("Tags")));
    }

    private static @Nullable Object json(@Nullable Object document) {
        return document == null ? null : HclCall.jsonencode(document);
    }

    private static Map<String, Object> tags(List<RequestKeys> tags) {
        Map<String, Object> map = new LinkedHashMap<>();
        tags.forEach(
                tag -> map.put(String.valueOf(tag.take("Key")), Objects.requireNonNullElse(tag.take("Value"), "")));
        return map;
    }

    private void addNetwork(RequestKeys request, RequestKeys instances) {
        cluster.with(new HclBlock("ec2_attributes")
                .with("instance_profile", request.take("JobFlowRole"))
                .with("subnet_ids", instances.take("Ec2SubnetIds"))
                .with("key_name", instances.take("Ec2KeyName"))
                .with("emr_managed_master_security_group", instances.take("EmrManagedMasterSecurityGroup"))
                .with("emr_managed_slave_security_group", instances.take("EmrManagedSlaveSecurityGroup"))
                .with("service_access_security_group", instances.take("ServiceAccessSecurityGroup"))
                .with("additional_master_security_groups", joined(instances.take("AdditionalMasterSecurityGroups")))
                .with("additional_slave_security_groups", joined(instances.take("AdditionalSlaveSecurityGroups"))));
    }

    private static @Nullable String joined(@Nullable Object ids) {
        return ids instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : null;
    }

    private void addFleet(RequestKeys fleet) {
        if (isTaskFleet(fleet)) {
            HclBlock task = HclBlock.resource("aws_emr_instance_fleet", "task").with("cluster_id", CLUSTER_ID);
            additions.add(fleets.fill(task, fleet));
        } else {
            boolean isPrimary = "MASTER".equals(fleet.get(FLEET_TYPE));
            cluster.with(fleets.fill(new HclBlock(isPrimary ? "master_instance_fleet" : "core_instance_fleet"), fleet));
        }
    }

    private void addScaling(RequestKeys request) {
        if (!request.has(SCALING)) {
            return;
        }
        RequestKeys policy = request.takeObject(SCALING);
        RequestKeys limits = policy.takeObject("ComputeLimits");
        Object maximum = limits.take("MaximumCapacityUnits");
        Object core = limits.take("MaximumCoreCapacityUnits");
        Object onDemand = limits.take("MaximumOnDemandCapacityUnits");
        if (core != null && Integer.valueOf(0).equals(onDemand)) {
            obstacles.add("Terraform's AWS provider ignores " + limits.path("MaximumOnDemandCapacityUnits")
                    + " 0 beside MaximumCoreCapacityUnits. Remove one of them from the cluster file.");
        }
        additions.add(HclBlock.resource("aws_emr_managed_scaling_policy", "this")
                .with("cluster_id", CLUSTER_ID)
                .with(new HclBlock("compute_limits")
                        .with("unit_type", limits.take("UnitType"))
                        .with("minimum_capacity_units", limits.take("MinimumCapacityUnits"))
                        .with("maximum_capacity_units", maximum)
                        .with("maximum_core_capacity_units", core)
                        // Without a limit, the provider sends 0, which means none on demand.
                        .with("maximum_ondemand_capacity_units", onDemand == null ? maximum : onDemand)));
        obstacles.addRemaining(limits);
        obstacles.addRemaining(policy);
    }

    private void addBootstrapAction(RequestKeys action) {
        RequestKeys script = action.takeObject("ScriptBootstrapAction");
        Object arguments = script.take("Args");
        cluster.with(new HclBlock("bootstrap_action")
                .with("name", action.take("Name"))
                .with("path", script.take("Path"))
                .with("args", List.of().equals(arguments) ? null : arguments));
        obstacles.addRemaining(script);
        obstacles.addRemaining(action);
    }

    private void addStep(ExportedStep step) {
        if (!step.description().isBlank()) {
            cluster.comment(step.description());
        }
        cluster.with(new HclBlock("step")
                .with("name", step.name().value())
                .with(
                        "action_on_failure",
                        switch (step.failurePolicy().onFailure()) {
                            case CANCEL -> "CANCEL_AND_WAIT";
                            case CONTINUE -> "CONTINUE";
                            case TERMINATE_CLUSTER -> "TERMINATE_CLUSTER";
                        })
                .with(new HclBlock("hadoop_jar_step")
                        .with("jar", ExportedStep.COMMAND_RUNNER)
                        .with("args", text.list(step.arguments()))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
