package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.emrelay.runner.model.Cluster.UpdatesOnBoot;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Parses the release, applications, AMI and root volume. */
record SoftwareParser(Problems problems) {
    static final Pattern AMI_ID = Pattern.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})");
    static final String AMI_DESCRIPTION = "an AMI id, such as ami-0123456789abcdef0";

    private static final Pattern OPERATING_SYSTEM = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,10}){2,3}");
    private static final List<String> COMMON_APPLICATIONS =
            List.of("Hadoop", "Spark", "Hive", "Livy", "JupyterHub", "JupyterEnterpriseGateway", "Zeppelin", "Tez");

    Cluster.Software parse(
            ClusterFile file, EmrRelease release, ConfigurationsParser configurations, BootstrapParser bootstrap) {
        return new Cluster.Software(
                release,
                problems.matching(
                        file.osReleaseLabel(),
                        OPERATING_SYSTEM,
                        "an Amazon Linux release, such as 2023.9.20251027.0",
                        "OSReleaseLabel"),
                applications(file.applications()),
                configurations.parse(file.configurations(), "Configurations"),
                bootstrap.parse(file),
                customAmiId(file),
                updatesOnBoot(file),
                rootVolume(file, release));
    }

    /** Returns the file's release, or the default one, which the bundled jobs are built for. */
    EmrRelease release(@Nullable String label) {
        if (label == null) {
            return EmrRelease.DEFAULT;
        }
        EmrRelease release = EmrRelease.parse(label).orElse(null);
        if (release == null) {
            problems.error(
                    "ReleaseLabel", quoted(label) + " is not an EMR release, such as " + EmrRelease.DEFAULT + ".");
            return EmrRelease.DEFAULT;
        }
        if (release.major() < 7) {
            problems.warning(
                    "ReleaseLabel",
                    release + " is out of support, and its Spark and Java are older than those of the bundled jobs.",
                    "Use " + EmrRelease.DEFAULT + ".");
        } else if (release.major() > 7) {
            problems.warning(
                    "ReleaseLabel",
                    release + " does not run Spark 3.5 and Scala 2.12, which the bundled jobs require.",
                    "Use " + EmrRelease.DEFAULT + ", or your own jars.");
        }
        return release;
    }

    private List<String> applications(List<ClusterFile.ApplicationEntry> entries) {
        if (entries.isEmpty()) {
            return List.of("Hadoop", "Spark");
        }
        List<String> names = new ArrayList<>();
        Set<String> seenNames = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String name = entries.get(i).name();
            if (name == null) {
                return List.of();
            }
            if (!seenNames.add(name.toLowerCase(Locale.ROOT))) {
                problems.error("Applications[" + i + "].Name", quoted(name) + " is listed twice.");
            }
            names.add(name);
        }
        if (!seenNames.contains("spark")) {
            problems.error("Applications", "Spark is missing, but every step needs it.", sparkHint(names));
        }
        return names;
    }

    private static String sparkHint(List<String> names) {
        return names.stream()
                .filter(name -> Suggestion.nearest(name, COMMON_APPLICATIONS)
                        .filter("Spark"::equals)
                        .isPresent())
                .findFirst()
                .map(name -> "Did you mean 'Spark' instead of " + quoted(name) + "?")
                .orElse("Add {\"Name\": \"Spark\"}.");
    }

    private @Nullable String customAmiId(ClusterFile file) {
        if (file.customAmiId() != null && file.osReleaseLabel() != null) {
            problems.error(
                    "OSReleaseLabel",
                    "cannot be combined with CustomAmiId, which has its own operating system.",
                    "Remove one of them.");
        }
        return problems.matching(file.customAmiId(), AMI_ID, AMI_DESCRIPTION, "CustomAmiId");
    }

    private @Nullable UpdatesOnBoot updatesOnBoot(ClusterFile file) {
        UpdatesOnBoot updates = problems.oneOf(file.repoUpgradeOnBoot(), UpdatesOnBoot.class, "RepoUpgradeOnBoot");
        if (updates != null && file.customAmiId() == null) {
            problems.error("RepoUpgradeOnBoot", "is only allowed with CustomAmiId.", "Remove it.");
        }
        return updates;
    }

    private @Nullable RootVolume rootVolume(ClusterFile file, EmrRelease release) {
        Integer size = file.ebsRootVolumeSize();
        Integer iops = file.ebsRootVolumeIops();
        Integer throughput = file.ebsRootVolumeThroughput();
        if (size == null && iops == null && throughput == null) {
            return null;
        }
        int minimumSize = release.isAtLeast(6, 10) ? 15 : 10;
        RootVolume volume = new RootVolume(
                problems.optionalInRange(size, minimumSize, 100, "EbsRootVolumeSize"),
                problems.optionalInRange(iops, 3_000, 16_000, "EbsRootVolumeIops"),
                problems.optionalInRange(throughput, 125, 1_000, "EbsRootVolumeThroughput"));
        checkVolumePerformance(volume);
        return volume;
    }

    /** gp3 limits: 500 IOPS per GiB, and 0.25 MiB/s of throughput per IOPS. */
    private void checkVolumePerformance(RootVolume volume) {
        int size = Objects.requireNonNullElse(volume.gibibytes(), 15);
        int iops = Objects.requireNonNullElse(volume.iops(), 3_000);
        int throughput = Objects.requireNonNullElse(volume.throughputMibPerSecond(), 125);
        if (iops > 500 * size) {
            problems.error(
                    "EbsRootVolumeIops",
                    "a volume of " + size + " GiB supports at most " + 500 * size + " IOPS, not " + iops + ".",
                    "Lower it, or raise EbsRootVolumeSize.");
        }
        if (throughput * 4 > iops) {
            problems.error(
                    "EbsRootVolumeThroughput",
                    iops + " IOPS support at most " + iops / 4 + " MiB/s, not " + throughput + ".",
                    "Lower it, or raise EbsRootVolumeIops.");
        }
    }
}
