package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The release, applications, configuration and images of a cluster's nodes.
 *
 * @param operatingSystemRelease Amazon Linux release; null for the latest one that EMR has validated
 * @param customAmiId null for EMR's AMI
 * @param updatesOnBoot whether nodes install package updates when a custom AMI boots; null for EMR's default
 * @param rootVolume null for EMR's default
 */
public record ClusterSoftware(
        EmrRelease release,
        @Nullable String operatingSystemRelease,
        List<String> applications,
        List<Configuration> configurations,
        List<BootstrapAction> bootstrapActions,
        @Nullable String customAmiId,
        @Nullable UpdatesOnBoot updatesOnBoot,
        @Nullable RootVolume rootVolume) {

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

    public ClusterSoftware {
        Objects.requireNonNull(release, "release");
        applications = List.copyOf(applications);
        configurations = List.copyOf(configurations);
        bootstrapActions = List.copyOf(bootstrapActions);
    }

    public boolean hasApplication(String application) {
        return applications.stream().anyMatch(application::equalsIgnoreCase);
    }
}
