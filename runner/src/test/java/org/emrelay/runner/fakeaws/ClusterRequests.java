package org.emrelay.runner.fakeaws;

import java.util.List;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.BootstrapActionConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;
import software.amazon.awssdk.services.emr.model.Tag;

/** Builds RunJobFlow requests and sets up the account resources that a cluster needs. */
public final class ClusterRequests {
    private final FakeAws aws;
    private final Vpc vpc;
    private final String primary;
    private final String core;
    private final List<String> subnets;

    public ClusterRequests(FakeAws aws) {
        this.aws = aws;
        aws.account().role("service");
        aws.account().instanceProfile("nodes");
        aws.account().bucket("logs");
        aws.account().object("logs", "bootstrap.sh", "#!/bin/bash");
        this.vpc = aws.account().vpc();
        this.subnets = List.of(aws.account().publicSubnet(vpc, "us-east-1a").id());
        this.primary = aws.account().securityGroup(vpc, "primary").id();
        this.core = aws.account().securityGroup(vpc, "core").id();
    }

    Vpc vpc() {
        return vpc;
    }

    String primary() {
        return primary;
    }

    String core() {
        return core;
    }

    static InstanceFleetConfig primaryFleet() {
        return InstanceFleetConfig.builder()
                .name("primary")
                .instanceFleetType(InstanceFleetType.MASTER)
                .targetOnDemandCapacity(1)
                .instanceTypeConfigs(
                        InstanceTypeConfig.builder().instanceType("m5.xlarge").build())
                .build();
    }

    static InstanceFleetConfig spotFleet(SpotProvisioningTimeoutAction action) {
        return InstanceFleetConfig.builder()
                .name("core")
                .instanceFleetType(InstanceFleetType.CORE)
                .targetSpotCapacity(8)
                .instanceTypeConfigs(
                        InstanceTypeConfig.builder()
                                .instanceType("m5.xlarge")
                                .weightedCapacity(4)
                                .build(),
                        InstanceTypeConfig.builder()
                                .instanceType("r5.xlarge")
                                .weightedCapacity(4)
                                .build())
                .launchSpecifications(launch -> launch.spotSpecification(spot -> spot.timeoutDurationMinutes(10)
                        .timeoutAction(action)
                        .allocationStrategy("price-capacity-optimized")))
                .build();
    }

    public RunJobFlowRequest.Builder request(String name) {
        return request(name, SpotProvisioningTimeoutAction.SWITCH_TO_ON_DEMAND);
    }

    RunJobFlowRequest.Builder request(String name, SpotProvisioningTimeoutAction action) {
        return RunJobFlowRequest.builder()
                .name(name)
                .releaseLabel("emr-7.13.0")
                .logUri("s3://logs/here")
                .serviceRole("service")
                .jobFlowRole("nodes")
                .applications(Application.builder().name("Spark").build())
                .tags(Tag.builder().key("owner").value("me").build())
                .bootstrapActions(BootstrapActionConfig.builder()
                        .name("prepare")
                        .scriptBootstrapAction(
                                script -> script.path("s3://logs/bootstrap.sh").args("x"))
                        .build())
                .instances(instances -> instances
                        .keepJobFlowAliveWhenNoSteps(true)
                        .ec2SubnetIds(subnets)
                        .emrManagedMasterSecurityGroup(primary)
                        .emrManagedSlaveSecurityGroup(core)
                        .instanceFleets(primaryFleet(), spotFleet(action)));
    }

    List<String> rulesAddedByEmr(String group) {
        return aws.inspect(() -> aws.ec2().groups().get(group).ruleTexts()).stream()
                .filter(rule -> rule.endsWith("(by EMR)"))
                .toList();
    }
}
