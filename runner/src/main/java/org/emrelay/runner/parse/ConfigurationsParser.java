package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Suggestion;

/** Reads settings of applications, which nest, and finds in them what will not work on the release. */
final class ConfigurationsParser {
    /** Those that a Spark cluster commonly sets; EMR knows many more, so others are only looked at for slips of the pen. */
    private static final List<String> COMMON = List.of(
            "capacity-scheduler",
            "container-executor",
            "core-site",
            "delta-defaults",
            "emrfs-site",
            "export",
            "hadoop-env",
            "hadoop-log4j",
            "hdfs-env",
            "hdfs-site",
            "hive-env",
            "hive-site",
            "hudi-defaults",
            "iceberg-defaults",
            "livy-conf",
            "livy-env",
            "mapred-env",
            "mapred-site",
            "spark",
            "spark-defaults",
            "spark-env",
            "spark-hive-site",
            "spark-log4j",
            "spark-log4j2",
            "spark-metrics",
            "yarn-env",
            "yarn-site");

    private static final Set<String> KNOWN_BESIDE = Set.of("hdfs-encryption-zones", "hive", "hive-log4j", "yarn-log4j");

    private final Problems problems;
    private final EmrRelease release;

    ConfigurationsParser(Problems problems, EmrRelease release) {
        this.problems = problems;
        this.release = release;
    }

    List<Configuration> read(List<ClusterFile.ConfigurationEntry> entries, String path) {
        List<Configuration> configurations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            ClusterFile.ConfigurationEntry entry = entries.get(i);
            String here = path + "[" + i + "]";
            String classification = Objects.requireNonNullElse(entry.classification(), "");
            checkClassification(entry, here);
            if (!classification.isEmpty() && !seen.add(classification)) {
                problems.error(
                        here + ".Classification",
                        "'" + RecordBinder.shortened(classification) + "' stands twice in this list.",
                        "Put all its properties into one.");
            }
            checkPackages(classification, entry, here);
            configurations.add(new Configuration(
                    classification, entry.properties(), read(entry.configurations(), here + ".Configurations")));
        }
        return configurations;
    }

    private void checkClassification(ClusterFile.ConfigurationEntry entry, String path) {
        String classification = entry.classification();
        if (classification == null) {
            return;
        }
        if (classification.isBlank()) {
            problems.error(path + ".Classification", "the classification is empty.");
        } else if (!COMMON.contains(classification) && !KNOWN_BESIDE.contains(classification)) {
            Suggestion.nearest(classification, COMMON)
                    .ifPresent(near -> problems.warning(
                            path + ".Classification",
                            "'" + RecordBinder.shortened(classification) + "' is not a common classification.",
                            "Did you mean '" + near + "'?"));
        }
        if (classification.endsWith("-env") && !entry.properties().isEmpty()) {
            problems.warning(
                    path + ".Properties",
                    "EMR takes the variables of '" + RecordBinder.shortened(classification)
                            + "' from a nested configuration only.",
                    "Move them into Configurations, below a Classification named export.");
        }
    }

    private void checkPackages(String classification, ClusterFile.ConfigurationEntry entry, String path) {
        String packages = entry.properties().get("spark.jars.packages");
        if (!classification.equals("spark-defaults") || packages == null) {
            return;
        }
        SparkNlpVersion.in(packages)
                .filter(version -> version.tooOldFor(release))
                .ifPresent(version -> problems.warning(
                        RecordBinder.child(path + ".Properties", "spark.jars.packages"),
                        version.message(release),
                        SparkNlpVersion.HINT));
    }
}
