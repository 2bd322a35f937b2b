package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is installed on a cluster's nodes and how it is set.
 *
 * @param operatingSystemRelease a release of Amazon Linux; null for the newest that EMR has validated
 * @param customImage the id of a machine image of the user's; null for EMR's own
 * @param updatesOnBoot whether a custom image is updated when a node boots; null for EMR's default
 * @param rootVolume the disk of the operating system; null for EMR's default
 */
public record ClusterSoftware(
        EmrRelease release,
        @Nullable String operatingSystemRelease,
        List<String> applications,
        List<Configuration> configurations,
        List<BootstrapAction> bootstrapActions,
        @Nullable String customImage,
        @Nullable UpdatesOnBoot updatesOnBoot,
        @Nullable RootVolume rootVolume) {

    /** Which updates a custom image gets when a node boots, under EMR's own names. */
    public enum UpdatesOnBoot {
        SECURITY,
        NONE
    }

    /**
     * The disk of the operating system; what is null is EMR's to decide.
     *
     * @param operationsPerSecond EMR's EbsRootVolumeIops
     * @param throughputMebibytes a second
     */
    public record RootVolume(
            @Nullable Integer gibibytes,
            @Nullable Integer operationsPerSecond,
            @Nullable Integer throughputMebibytes) {}

    public ClusterSoftware {
        Objects.requireNonNull(release, "release");
        applications = List.copyOf(applications);
        configurations = List.copyOf(configurations);
        bootstrapActions = List.copyOf(bootstrapActions);
    }

    public boolean has(String application) {
        return applications.stream().anyMatch(application::equalsIgnoreCase);
    }
}
