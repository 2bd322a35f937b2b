package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.ClusterSoftware;
import org.emrelay.runner.model.ClusterSoftware.RootVolume;
import org.emrelay.runner.model.ClusterSoftware.UpdatesOnBoot;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Reads what is installed on the nodes: release, applications, images and the disk of the operating system. */
final class SoftwareParser {
    static final Pattern IMAGE = Pattern.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})");
    static final String AN_IMAGE = "the id of a machine image, such as ami-0123456789abcdef0";

    private static final Pattern OPERATING_SYSTEM = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,10}){2,3}");
    private static final List<String> COMMON_APPLICATIONS =
            List.of("Hadoop", "Spark", "Hive", "Livy", "JupyterHub", "JupyterEnterpriseGateway", "Zeppelin", "Tez");

    private final ClusterFields fields;
    private final Problems problems;

    SoftwareParser(ClusterFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    ClusterSoftware read(
            ClusterFile file, EmrRelease release, ConfigurationsParser configurations, BootstrapParser bootstrap) {
        return new ClusterSoftware(
                release,
                fields.matching(
                        file.osReleaseLabel(),
                        OPERATING_SYSTEM,
                        "a release of Amazon Linux, such as 2023.9.20251027.0",
                        "OSReleaseLabel"),
                applications(file.applications()),
                configurations.read(file.configurations(), "Configurations"),
                bootstrap.read(file),
                image(file),
                updates(file),
                rootVolume(file, release));
    }

    /** The file's release, or the one that the jobs here are built for. */
    EmrRelease release(@Nullable String label) {
        if (label == null) {
            return EmrRelease.DEFAULT;
        }
        EmrRelease release = EmrRelease.parse(label).orElse(null);
        if (release == null) {
            problems.error(
                    "ReleaseLabel",
                    "'" + RecordBinder.shortened(label) + "' is not a release of EMR, such as " + EmrRelease.DEFAULT
                            + ".");
            return EmrRelease.DEFAULT;
        }
        if (release.major() < 7) {
            problems.warning(
                    "ReleaseLabel",
                    release
                            + " is out of support: AWS no longer mends it, and its Spark and Java are older than what the"
                            + " jobs here are built for.",
                    "Use " + EmrRelease.DEFAULT + ".");
        } else if (release.major() > 7) {
            problems.warning(
                    "ReleaseLabel",
                    release + " runs another Spark and Scala than the 3.5 and 2.12 that the jobs here are built for.",
                    "Use " + EmrRelease.DEFAULT + ", or jars of your own.");
        }
        return release;
    }

    private List<String> applications(List<ClusterFile.ApplicationEntry> entries) {
        if (entries.isEmpty()) {
            return List.of("Hadoop", "Spark");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String name = entries.get(i).name();
            if (name == null) {
                return List.of();
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                problems.error("Applications[" + i + "].Name", "'" + RecordBinder.shortened(name) + "' stands twice.");
            }
            names.add(name);
        }
        if (!seen.contains("spark")) {
            problems.error("Applications", "Spark is not among them, and every step needs it.", slip(names));
        }
        return names;
    }

    private static String slip(List<String> names) {
        return names.stream()
                .filter(name -> Suggestion.nearest(name, COMMON_APPLICATIONS)
                        .filter("Spark"::equals)
                        .isPresent())
                .findFirst()
                .map(name -> "Did you mean 'Spark' by '" + RecordBinder.shortened(name) + "'?")
                .orElse("Add {\"Name\": \"Spark\"}.");
    }

    private @Nullable String image(ClusterFile file) {
        if (file.customAmiId() != null && file.osReleaseLabel() != null) {
            problems.error(
                    "OSReleaseLabel",
                    "stands beside CustomAmiId, which brings its own operating system.",
                    "Remove one of the two.");
        }
        return fields.matching(file.customAmiId(), IMAGE, AN_IMAGE, "CustomAmiId");
    }

    private @Nullable UpdatesOnBoot updates(ClusterFile file) {
        String updates = fields.oneOf(file.repoUpgradeOnBoot(), List.of("SECURITY", "NONE"), "RepoUpgradeOnBoot");
        if (updates != null && file.customAmiId() == null) {
            problems.error("RepoUpgradeOnBoot", "means something beside CustomAmiId only.", "Remove it.");
        }
        return updates == null ? null : UpdatesOnBoot.valueOf(updates);
    }

    private @Nullable RootVolume rootVolume(ClusterFile file, EmrRelease release) {
        Integer size = file.ebsRootVolumeSize();
        Integer iops = file.ebsRootVolumeIops();
        Integer throughput = file.ebsRootVolumeThroughput();
        if (size == null && iops == null && throughput == null) {
            return null;
        }
        int least = release.isAtLeast(6, 10) ? 15 : 10;
        RootVolume volume = new RootVolume(
                fields.optionallyWithin(size, least, 100, "EbsRootVolumeSize"),
                fields.optionallyWithin(iops, 3_000, 16_000, "EbsRootVolumeIops"),
                fields.optionallyWithin(throughput, 125, 1_000, "EbsRootVolumeThroughput"));
        checkSpeed(volume);
        return volume;
    }

    /** EC2 gives a gp3 volume at most 500 operations a second per GiB, and a quarter MiB a second per operation. */
    private void checkSpeed(RootVolume volume) {
        int size = Objects.requireNonNullElse(volume.gibibytes(), 15);
        int iops = Objects.requireNonNullElse(volume.operationsPerSecond(), 3_000);
        int throughput = Objects.requireNonNullElse(volume.throughputMebibytes(), 125);
        if (iops > 500 * size) {
            problems.error(
                    "EbsRootVolumeIops",
                    "a volume of " + size + " GiB takes at most " + 500 * size + ", not " + iops + ".",
                    "Lower it, or raise EbsRootVolumeSize.");
        }
        if (throughput * 4 > iops) {
            problems.error(
                    "EbsRootVolumeThroughput",
                    "with " + iops + " operations a second it is at most " + iops / 4 + ", not " + throughput + ".",
                    "Lower it, or raise EbsRootVolumeIops.");
        }
    }
}
