package org.emrelay.runner.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A validated cluster definition with defaults applied.
 * Null components are left to the platform.
 *
 * @param name the file's default, overridden by the command line
 * @param fleets in the file's order: one primary, one core and at most one task fleet
 * @param tags the user's tags in the file's order; the platform adds its own
 */
public record Cluster(
        @Nullable String name,
        Software software,
        List<InstanceFleet> fleets,
        Lifecycle lifecycle,
        Network network,
        Iam iam,
        Storage storage,
        Map<String, String> tags) {
    /**
     * The release, applications, configuration and images of a cluster's nodes.
     *
     * @param operatingSystemRelease Amazon Linux release; null for the latest one that EMR has validated
     * @param customAmiId null for EMR's AMI
     * @param updatesOnBoot whether nodes install package updates when a custom AMI boots; null for EMR's default
     * @param rootVolume null for EMR's default
     */
    public record Software(
            EmrRelease release,
            @Nullable String operatingSystemRelease,
            List<String> applications,
            List<Configuration> configurations,
            List<BootstrapAction> bootstrapActions,
            @Nullable String customAmiId,
            @Nullable UpdatesOnBoot updatesOnBoot,
            @Nullable RootVolume rootVolume) {

        public Software {
            Objects.requireNonNull(release, "release");
            applications = List.copyOf(applications);
            configurations = List.copyOf(configurations);
            bootstrapActions = List.copyOf(bootstrapActions);
        }

        public boolean hasApplication(String application) {
            return applications.stream().anyMatch(application::equalsIgnoreCase);
        }
    }

    /** Which package updates a custom AMI installs on boot; the names are EMR's. */
    public enum UpdatesOnBoot {
        SECURITY,
        NONE
    }

    /** The EBS root volume; null components use EMR's defaults. */
    public record RootVolume(
            @Nullable Integer gibibytes,
            @Nullable Integer iops,
            @Nullable Integer throughputMibPerSecond) {}

    /**
     * When a cluster scales and when it terminates.
     *
     * @param idleTimeout idle time after which the cluster terminates
     * @param unhealthyNodeReplacement null for EMR's default
     * @param scaling null for fleets of fixed size
     */
    public record Lifecycle(
            boolean keepAliveWithoutSteps,
            Duration idleTimeout,
            boolean terminationProtected,
            @Nullable Boolean unhealthyNodeReplacement,
            int stepConcurrency,
            ScaleDown scaleDown,
            @Nullable ManagedScaling scaling) {

        public Lifecycle {
            Objects.requireNonNull(idleTimeout, "idleTimeout");
            Objects.requireNonNull(scaleDown, "scaleDown");
        }

        private Lifecycle keepingAlive(boolean withoutSteps) {
            return new Lifecycle(
                    withoutSteps,
                    idleTimeout,
                    terminationProtected,
                    unhealthyNodeReplacement,
                    stepConcurrency,
                    scaleDown,
                    scaling);
        }
    }

    /** When EMR terminates an instance on scale-down; the names are EMR's. */
    public enum ScaleDown {
        TERMINATE_AT_INSTANCE_HOUR,
        TERMINATE_AT_TASK_COMPLETION
    }

    /**
     * Managed scaling: the limits for the total units of the core and task fleets.
     *
     * @param maximumOnDemand null for no separate limit
     * @param maximumCore null for no separate limit
     * @param performanceIndex 1 (lowest cost) to 100 (highest performance) for the ADVANCED strategy; null for DEFAULT
     */
    public record ManagedScaling(
            int minimum,
            int maximum,
            @Nullable Integer maximumOnDemand,
            @Nullable Integer maximumCore,
            @Nullable Integer performanceIndex) {}

    /**
     * The subnets, key pair and security groups of a cluster.
     *
     * @param subnets EMR chooses one of them; empty for those of the default VPC
     * @param keyName EC2 key pair for SSH; null for none
     * @param securityGroups the user's own; null if the runner creates them
     */
    public record Network(
            List<String> subnets,
            @Nullable String keyName,
            @Nullable SecurityGroups securityGroups,
            List<String> additionalPrimaryGroups,
            List<String> additionalCoreGroups) {

        public Network {
            subnets = List.copyOf(subnets);
            additionalPrimaryGroups = List.copyOf(additionalPrimaryGroups);
            additionalCoreGroups = List.copyOf(additionalCoreGroups);
        }
    }

    /**
     * Existing security groups, used unchanged.
     *
     * @param serviceAccess required in private subnets only
     */
    public record SecurityGroups(
            String primary, String core, @Nullable String serviceAccess) {}

    /**
     * The IAM resources and encryption settings of a cluster.
     * Resources named here are used as they are. For null, the runner creates them and deletes them with the cluster.
     *
     * @param serviceRole name or ARN of the EMR service role
     * @param instanceProfile name or ARN of the nodes' instance profile; EMR calls it JobFlowRole
     * @param permissionsBoundary ARN of the policy that limits the created roles
     * @param extraPolicies ARNs of additional policies for the nodes' role
     * @param sessionManager whether Session Manager can connect to the nodes
     * @param securityConfiguration name of an existing EMR security configuration
     * @param diskEncryptionKey ARN of the KMS key for EBS volumes; null for no encryption with a KMS key
     */
    public record Iam(
            @Nullable String serviceRole,
            @Nullable String instanceProfile,
            @Nullable String permissionsBoundary,
            List<String> extraPolicies,
            boolean sessionManager,
            @Nullable String securityConfiguration,
            @Nullable String diskEncryptionKey) {
        public Iam {
            extraPolicies = List.copyOf(extraPolicies);
        }
    }

    /**
     * The S3 locations of a cluster's workspace and logs.
     *
     * @param bucket an existing bucket; null if the runner creates one
     * @param prefix key prefix of the workspace in that bucket, without leading or trailing slash; empty for none
     * @param logUri null for the workspace's log folder
     * @param logEncryptionKey KMS key for the logs; null for the bucket's default encryption
     */
    public record Storage(
            @Nullable String bucket,
            String prefix,
            @Nullable String logUri,
            @Nullable String logEncryptionKey) {}

    public Cluster {
        Objects.requireNonNull(software, "software");
        fleets = List.copyOf(fleets);
        Objects.requireNonNull(lifecycle, "lifecycle");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(iam, "iam");
        Objects.requireNonNull(storage, "storage");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** The distinct instance types of all fleets. */
    public List<String> instanceTypes() {
        return fleets.stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(InstanceTypeConfig::type)
                .distinct()
                .toList();
    }

    /** Returns a copy that terminates after its last step. */
    public Cluster terminatingAfterLastStep() {
        return new Cluster(name, software, fleets, lifecycle.keepingAlive(false), network, iam, storage, tags);
    }

    /** Returns a copy that waits for steps, and terminates after its idle time. */
    public Cluster stayingUp() {
        return new Cluster(name, software, fleets, lifecycle.keepingAlive(true), network, iam, storage, tags);
    }

    public Cluster withStorage(Storage other) {
        return new Cluster(name, software, fleets, lifecycle, network, iam, other, tags);
    }
}
