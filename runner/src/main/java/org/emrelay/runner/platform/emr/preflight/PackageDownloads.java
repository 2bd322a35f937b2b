package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The Maven packages that spark-submit downloads from Maven Central.
 *
 * @param origins what names packages, such as {@code step 'words'}
 */
public record PackageDownloads(List<String> origins) {
    public static final PackageDownloads NONE = new PackageDownloads(List.of());

    private static final String PACKAGES = "spark.jars.packages";

    /** With these, packages may come from a repository in the network of the nodes. */
    private static final List<String> OTHER_REPOSITORIES = List.of("spark.jars.repositories", "spark.jars.ivySettings");

    public PackageDownloads {
        origins = List.copyOf(origins);
    }

    public static PackageDownloads of(ExecutionPlan plan) {
        return new PackageDownloads(plan.steps().stream()
                .filter(step -> step.runs() && namesPackages(step.sparkSubmit().settings()))
                .map(PlannedStep::name)
                .map(name -> "step '" + name + "'")
                .toList());
    }

    private static boolean namesPackages(SparkSettings<?> settings) {
        return (settings.get(SparkOption.PACKAGES) != null || settings.conf().containsKey(PACKAGES))
                && OTHER_REPOSITORIES.stream().noneMatch(settings.conf()::containsKey);
    }

    /** These, and those of the cluster's Spark defaults; none if the defaults name another repository. */
    PackageDownloads and(Cluster cluster) {
        if (OTHER_REPOSITORIES.stream().anyMatch(property -> isDefault(cluster, property))) {
            return NONE;
        }
        return isDefault(cluster, PACKAGES)
                ? new PackageDownloads(Stream.concat(Stream.of(PACKAGES + " of the cluster"), origins.stream())
                        .toList())
                : this;
    }

    private static boolean isDefault(Cluster cluster, String property) {
        return Configuration.property(cluster.software().configurations(), "spark-defaults", property)
                .isPresent();
    }

    /** The warning that the nodes may not reach Maven Central; empty if they do, or need not. */
    Optional<String> warning(SubnetRouting routing, List<String> subnetIds) {
        List<String> isolated = routing.subnets().stream()
                .filter(subnet -> !routing.reachesInternet(subnet))
                .map(Subnet::subnetId)
                .filter(subnetIds::contains)
                .toList();
        return origins.isEmpty() || isolated.isEmpty()
                ? Optional.empty()
                : Optional.of((isolated.size() == 1 ? "The private subnet " : "The private subnets ")
                        + String.join(", ", isolated)
                        + (isolated.size() == 1 ? " has" : " have")
                        + " no route to the internet, but packages are downloaded by " + String.join(", ", origins)
                        + ". spark-submit waits for Maven Central for minutes, and then the step fails. Add a NAT gateway"
                        + " to the route table, or list the packages' jars in \"jars\".");
    }
}
