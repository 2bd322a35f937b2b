package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.RecordSchema.Key;
import org.emrelay.runner.json.RecordSchema.Required;
import org.jspecify.annotations.Nullable;

/**
 * The cluster file as written.
 * Keys in PascalCase are those of EMR's RunJobFlow and of the legacy file; the runner's own are in snake_case.
 */
record ClusterFile(
        @Key("Name") @Nullable String name,
        @Key("ReleaseLabel") @Nullable String releaseLabel,
        @Key("OSReleaseLabel") @Nullable String osReleaseLabel,
        @Key("Applications") List<ApplicationEntry> applications,
        @Key("InstanceFleets") @Required List<FleetEntry> instanceFleets,
        @Key("Configurations") List<ConfigurationEntry> configurations,
        @Nullable String bootstrapAction,
        @Key("BootstrapActions") List<BootstrapEntry> bootstrapActions,
        @Key("Ec2SubnetIds") List<String> ec2SubnetIds,
        @Key("Ec2KeyName") @Nullable String ec2KeyName,
        @Key("EmrManagedMasterSecurityGroup") @Nullable String masterSecurityGroup,
        @Key("EmrManagedSlaveSecurityGroup") @Nullable String slaveSecurityGroup,
        @Key("ServiceAccessSecurityGroup") @Nullable String serviceAccessSecurityGroup,
        @Key("AdditionalMasterSecurityGroups") List<String> additionalMasterSecurityGroups,
        @Key("AdditionalSlaveSecurityGroups") List<String> additionalSlaveSecurityGroups,
        @Key("KeepJobFlowAliveWhenNoSteps") @Nullable Boolean keepJobFlowAliveWhenNoSteps,
        @Key("AutoTerminationPolicy") @Nullable AutoTerminationEntry autoTerminationPolicy,
        @Key("TerminationProtected") @Nullable Boolean terminationProtected,
        @Key("UnhealthyNodeReplacement") @Nullable Boolean unhealthyNodeReplacement,
        @Key("StepConcurrencyLevel") @Nullable Integer stepConcurrencyLevel,
        @Key("ScaleDownBehavior") @Nullable String scaleDownBehavior,
        @Key("ManagedScalingPolicy") @Nullable ScalingEntry managedScalingPolicy,
        @Key("CustomAmiId") @Nullable String customAmiId,
        @Key("RepoUpgradeOnBoot") @Nullable String repoUpgradeOnBoot,
        @Key("EbsRootVolumeSize") @Nullable Integer ebsRootVolumeSize,
        @Key("EbsRootVolumeIops") @Nullable Integer ebsRootVolumeIops,
        @Key("EbsRootVolumeThroughput") @Nullable Integer ebsRootVolumeThroughput,
        @Key("ServiceRole") @Nullable String serviceRole,
        @Key("JobFlowRole") @Nullable String jobFlowRole,
        @Nullable String permissionsBoundary,
        List<String> extraPolicies,
        @Nullable Boolean sessionManager,
        @Key("SecurityConfiguration") @Nullable String securityConfiguration,
        @Nullable String diskEncryptionKey,
        @Nullable String bucket,
        @Nullable String prefix,
        @Key("LogUri") @Nullable String logUri,
        @Key("LogEncryptionKmsKeyId") @Nullable String logEncryptionKmsKeyId,
        @Key("Tags") List<TagEntry> tags) {

    record ApplicationEntry(@Key("Name") @Required @Nullable String name) {}

    record ConfigurationEntry(
            @Key("Classification") @Required @Nullable String classification,
            @Key("Properties") Map<String, String> properties,
            @Key("Configurations") List<ConfigurationEntry> configurations) {}

    record BootstrapEntry(
            @Key("Name") @Nullable String name,

            @Key("ScriptBootstrapAction") @Required @Nullable
            ScriptEntry script) {}

    record ScriptEntry(
            @Key("Path") @Required @Nullable String path,
            @Key("Args") List<String> args) {}

    record AutoTerminationEntry(
            @Key("IdleTimeout") @Required @Nullable Integer idleTimeout) {}

    record ScalingEntry(
            @Key("ComputeLimits") @Required @Nullable LimitsEntry computeLimits,
            @Key("UtilizationPerformanceIndex") @Nullable Integer utilizationPerformanceIndex,
            @Key("ScalingStrategy") @Nullable String scalingStrategy) {}

    record LimitsEntry(
            @Key("UnitType") @Nullable String unitType,
            @Key("MinimumCapacityUnits") @Required @Nullable Integer minimumCapacityUnits,
            @Key("MaximumCapacityUnits") @Required @Nullable Integer maximumCapacityUnits,
            @Key("MaximumOnDemandCapacityUnits") @Nullable Integer maximumOnDemandCapacityUnits,
            @Key("MaximumCoreCapacityUnits") @Nullable Integer maximumCoreCapacityUnits) {}

    record TagEntry(
            @Key("Key") @Required @Nullable String key,
            @Key("Value") @Nullable String value) {}

    record FleetEntry(
            @Key("Name") @Nullable String name,
            @Key("InstanceFleetType") @Required @Nullable String instanceFleetType,
            @Key("TargetOnDemandCapacity") @Nullable Integer targetOnDemandCapacity,
            @Key("TargetSpotCapacity") @Nullable Integer targetSpotCapacity,
            @Key("InstanceTypeConfigs") @Required List<TypeEntry> instanceTypeConfigs,
            @Key("LaunchSpecifications") @Nullable LaunchEntry launchSpecifications,
            @Key("ResizeSpecifications") @Nullable ResizeEntry resizeSpecifications) {}

    record TypeEntry(
            @Key("InstanceType") @Required @Nullable String instanceType,
            @Key("WeightedCapacity") @Nullable Integer weightedCapacity,
            @Key("BidPrice") @Nullable String bidPrice,

            @Key("BidPriceAsPercentageOfOnDemandPrice") @Nullable
            Double bidPriceAsPercentage,

            @Key("EbsConfiguration") @Nullable EbsEntry ebsConfiguration,
            @Key("Configurations") List<ConfigurationEntry> configurations,
            @Key("CustomAmiId") @Nullable String customAmiId,
            @Key("Priority") @Nullable Double priority) {}

    record EbsEntry(
            @Key("EbsBlockDeviceConfigs") List<DeviceEntry> ebsBlockDeviceConfigs,
            @Key("EbsOptimized") @Nullable Boolean ebsOptimized) {}

    record DeviceEntry(
            @Key("VolumeSpecification") @Required @Nullable VolumeEntry volumeSpecification,
            @Key("VolumesPerInstance") @Nullable Integer volumesPerInstance) {}

    record VolumeEntry(
            @Key("VolumeType") @Required @Nullable String volumeType,
            @Key("SizeInGB") @Required @Nullable Integer sizeInGb,
            @Key("Iops") @Nullable Integer iops,
            @Key("Throughput") @Nullable Integer throughput) {}

    record LaunchEntry(
            @Key("SpotSpecification") @Nullable SpotEntry spotSpecification,
            @Key("OnDemandSpecification") @Nullable OnDemandEntry onDemandSpecification) {}

    record SpotEntry(
            @Key("TimeoutDurationMinutes") @Nullable Integer timeoutDurationMinutes,
            @Key("TimeoutAction") @Nullable String timeoutAction,
            @Key("AllocationStrategy") @Nullable String allocationStrategy,
            @Key("BlockDurationMinutes") @Nullable Integer blockDurationMinutes) {}

    record OnDemandEntry(
            @Key("AllocationStrategy") @Nullable String allocationStrategy,
            @Key("CapacityReservationOptions") @Nullable ReservationEntry capacityReservationOptions) {}

    record ReservationEntry(
            @Key("UsageStrategy") @Nullable String usageStrategy,
            @Key("CapacityReservationPreference") @Nullable String preference,

            @Key("CapacityReservationResourceGroupArn") @Nullable
            String resourceGroupArn) {}

    record ResizeEntry(
            @Key("SpotResizeSpecification") @Nullable SpotResizeEntry spotResizeSpecification,
            @Key("OnDemandResizeSpecification") @Nullable OnDemandResizeEntry onDemandResizeSpecification) {}

    record SpotResizeEntry(
            @Key("TimeoutDurationMinutes") @Nullable Integer timeoutDurationMinutes,
            @Key("AllocationStrategy") @Nullable String allocationStrategy) {}

    record OnDemandResizeEntry(
            @Key("TimeoutDurationMinutes") @Nullable Integer timeoutDurationMinutes,
            @Key("AllocationStrategy") @Nullable String allocationStrategy,
            @Key("CapacityReservationOptions") @Nullable ReservationEntry capacityReservationOptions) {}
}
