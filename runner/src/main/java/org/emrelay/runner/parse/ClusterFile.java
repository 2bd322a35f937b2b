package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.RecordSchema.Key;
import org.emrelay.runner.json.RecordSchema.PascalCase;
import org.emrelay.runner.json.RecordSchema.Required;
import org.jspecify.annotations.Nullable;

/**
 * The cluster file as written.
 * Keys in PascalCase are those of EMR's RunJobFlow and of the legacy file; the runner's own are in snake_case.
 */
@PascalCase
record ClusterFile(
        @Nullable String name,
        @Nullable String releaseLabel,
        @Key("OSReleaseLabel") @Nullable String osReleaseLabel,
        List<ApplicationEntry> applications,
        @Required List<FleetEntry> instanceFleets,
        List<ConfigurationEntry> configurations,
        @Key("bootstrap_action") @Nullable String bootstrapAction,
        List<BootstrapEntry> bootstrapActions,
        List<String> ec2SubnetIds,
        @Nullable String ec2KeyName,
        @Nullable String emrManagedMasterSecurityGroup,
        @Nullable String emrManagedSlaveSecurityGroup,
        @Nullable String serviceAccessSecurityGroup,
        List<String> additionalMasterSecurityGroups,
        List<String> additionalSlaveSecurityGroups,
        @Nullable Boolean keepJobFlowAliveWhenNoSteps,
        @Nullable AutoTerminationEntry autoTerminationPolicy,
        @Nullable Boolean terminationProtected,
        @Nullable Boolean unhealthyNodeReplacement,
        @Nullable Integer stepConcurrencyLevel,
        @Nullable String scaleDownBehavior,
        @Nullable ScalingEntry managedScalingPolicy,
        @Nullable String customAmiId,
        @Nullable String repoUpgradeOnBoot,
        @Nullable Integer ebsRootVolumeSize,
        @Nullable Integer ebsRootVolumeIops,
        @Nullable Integer ebsRootVolumeThroughput,
        @Nullable String serviceRole,
        @Nullable String jobFlowRole,
        @Key("permissions_boundary") @Nullable String permissionsBoundary,
        @Key("extra_policies") List<String> extraPolicies,
        @Key("session_manager") @Nullable Boolean sessionManager,
        @Nullable String securityConfiguration,
        @Key("disk_encryption_key") @Nullable String diskEncryptionKey,
        @Key("bucket") @Nullable String bucket,
        @Key("prefix") @Nullable String prefix,
        @Nullable String logUri,
        @Nullable String logEncryptionKmsKeyId,
        List<TagEntry> tags) {

    record ApplicationEntry(@Required @Nullable String name) {}

    record ConfigurationEntry(
            @Required @Nullable String classification,
            Map<String, String> properties,
            List<ConfigurationEntry> configurations) {}

    record BootstrapEntry(
            @Nullable String name, @Required @Nullable ScriptEntry scriptBootstrapAction) {}

    record ScriptEntry(@Required @Nullable String path, List<String> args) {}

    record AutoTerminationEntry(@Required @Nullable Integer idleTimeout) {}

    record ScalingEntry(
            @Required @Nullable LimitsEntry computeLimits,
            @Nullable Integer utilizationPerformanceIndex,
            @Nullable String scalingStrategy) {}

    record LimitsEntry(
            @Nullable String unitType,
            @Required @Nullable Integer minimumCapacityUnits,
            @Required @Nullable Integer maximumCapacityUnits,
            @Nullable Integer maximumOnDemandCapacityUnits,
            @Nullable Integer maximumCoreCapacityUnits) {}

    record TagEntry(
            @Required @Nullable String key, @Nullable String value) {}

    record FleetEntry(
            @Nullable String name,
            @Required @Nullable String instanceFleetType,
            @Nullable Integer targetOnDemandCapacity,
            @Nullable Integer targetSpotCapacity,
            @Required List<TypeEntry> instanceTypeConfigs,
            @Nullable LaunchEntry launchSpecifications,
            @Nullable ResizeEntry resizeSpecifications) {}

    record TypeEntry(
            @Required @Nullable String instanceType,
            @Nullable Integer weightedCapacity,
            @Nullable String bidPrice,
            @Nullable Double bidPriceAsPercentageOfOnDemandPrice,
            @Nullable EbsEntry ebsConfiguration,
            List<ConfigurationEntry> configurations,
            @Nullable String customAmiId,
            @Nullable Double priority) {}

    record EbsEntry(
            List<DeviceEntry> ebsBlockDeviceConfigs,
            @Nullable Boolean ebsOptimized) {}

    record DeviceEntry(
            @Required @Nullable VolumeEntry volumeSpecification,
            @Nullable Integer volumesPerInstance) {}

    record VolumeEntry(
            @Required @Nullable String volumeType,
            @Key("SizeInGB") @Required @Nullable Integer sizeInGb,
            @Nullable Integer iops,
            @Nullable Integer throughput) {}

    record LaunchEntry(
            @Nullable SpotEntry spotSpecification, @Nullable OnDemandEntry onDemandSpecification) {}

    record SpotEntry(
            @Nullable Integer timeoutDurationMinutes,
            @Nullable String timeoutAction,
            @Nullable String allocationStrategy,
            @Nullable Integer blockDurationMinutes) {}

    record OnDemandEntry(
            @Nullable String allocationStrategy, @Nullable ReservationEntry capacityReservationOptions) {}

    record ReservationEntry(
            @Nullable String usageStrategy,
            @Nullable String capacityReservationPreference,
            @Nullable String capacityReservationResourceGroupArn) {}

    record ResizeEntry(
            @Nullable SpotResizeEntry spotResizeSpecification,
            @Nullable OnDemandResizeEntry onDemandResizeSpecification) {}

    record SpotResizeEntry(
            @Nullable Integer timeoutDurationMinutes,
            @Nullable String allocationStrategy) {}

    record OnDemandResizeEntry(
            @Nullable Integer timeoutDurationMinutes,
            @Nullable String allocationStrategy,
            @Nullable ReservationEntry capacityReservationOptions) {}
}
