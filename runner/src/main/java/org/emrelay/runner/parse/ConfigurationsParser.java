package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Suggestion;

/** Parses EMR configurations, which can be nested, and warns of those that do not work on the release. */
record ConfigurationsParser(Problems problems, EmrRelease release) {
    /** Common classifications on Spark clusters. EMR knows many more, so others are only checked for typos. */
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

    private static final Set<String> OTHER_KNOWN = Set.of("hdfs-encryption-zones", "hive", "hive-log4j", "yarn-log4j");

    List<Configuration> parse(List<ClusterFile.ConfigurationEntry> entries, String path) {
        List<Configuration> configurations = new ArrayList<>();
        Set<String> seenClassifications = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            ClusterFile.ConfigurationEntry entry = entries.get(i);
            String entryPath = path + "[" + i + "]";
            String classification = Objects.requireNonNullElse(entry.classification(), "");
            checkClassification(entry, entryPath);
            if (!classification.isEmpty() && !seenClassifications.add(classification)) {
                problems.error(
                        entryPath + ".Classification",
                        quoted(classification) + " is listed twice.",
                        "Merge its properties into one entry.");
            }
            String packages = entry.properties().get("spark.jars.packages");
            if (classification.equals("spark-defaults") && packages != null) {
                String packagesPath = childPath(entryPath + ".Properties", "spark.jars.packages");
                SparkNlpVersion.check(packages, release, packagesPath, problems);
            }
            checkSecrets(entry, entryPath + ".Properties");
            configurations.add(new Configuration(
                    classification, entry.properties(), parse(entry.configurations(), entryPath + ".Configurations")));
        }
        return configurations;
    }

    private void checkSecrets(ClusterFile.ConfigurationEntry entry, String path) {
        for (String name : entry.properties().keySet()) {
            if (SecretNames.STANDARD.isSecret(name)) {
                problems.warning(
                        childPath(path, name),
                        "is a secret by its name, but EMR shows configurations to everyone who can describe the cluster.",
                        "Read it in the job from AWS Secrets Manager or an SSM parameter.");
            }
        }
    }

    private void checkClassification(ClusterFile.ConfigurationEntry entry, String path) {
        String classification = entry.classification();
        if (classification == null) {
            return;
        }
        if (classification.isBlank()) {
            problems.error(path + ".Classification", "the classification is empty.");
        } else if (!COMMON.contains(classification) && !OTHER_KNOWN.contains(classification)) {
            Suggestion.nearest(classification, COMMON)
                    .ifPresent(suggestion -> problems.warning(
                            path + ".Classification",
                            quoted(classification) + " is not a common classification.",
                            "Did you mean '" + suggestion + "'?"));
        }
        if (classification.endsWith("-env") && !entry.properties().isEmpty()) {
            problems.warning(
                    path + ".Properties",
                    "EMR reads the variables of " + quoted(classification) + " only from a nested configuration.",
                    "Move them to a nested configuration with the classification export.");
        }
    }
}
