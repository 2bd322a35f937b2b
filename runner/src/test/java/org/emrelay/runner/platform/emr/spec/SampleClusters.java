package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets.Subnet;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/** Sample clusters and subnets for tests. */
public final class SampleClusters {
    public static final AwsScope SCOPE = new AwsScope("aws", "us-east-1", "123456789012", "1a2b3c4d");

    static final VpcSubnets SUBNETS = new VpcSubnets(
            "vpc-1",
            List.of(
                    new Subnet("subnet-a", "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-a"),
                    new Subnet("subnet-b", "arn:aws:ec2:us-east-1:999999999999:subnet/subnet-b")),
            false);

    private SampleClusters() {}

    /** The subnets of a cluster file, or two of a default VPC. */
    static VpcSubnets subnets(Cluster cluster) {
        List<Subnet> provided = cluster.network().subnets().stream()
                .map(id -> new Subnet(id, "arn:aws:ec2:us-east-1:123456789012:subnet/" + id))
                .toList();
        return provided.isEmpty() ? SUBNETS : new VpcSubnets("vpc-1", provided, false);
    }

    /** The cluster file in the repository root. */
    public static Cluster repositoryRoot() {
        return read(Path.of("..", "cluster-ec2-spot-fleet.json"));
    }

    static Cluster read(Path file) {
        ParseResult<Cluster> result = ClusterFileReader.read(file);
        assertThat(result.problems()).noneMatch(problem -> problem.isError());
        return Objects.requireNonNull(result.value());
    }

    /** A cluster file from the test resources, copied next to the bootstrap script that it names. */
    static Cluster resource(String name) {
        return copyToTempDirectory(Path.of("src", "test", "resources", name));
    }

    /** A small cluster with additional keys of the cluster file. */
    static Cluster small(String keys) {
        try {
            Path file = Files.createTempFile("cluster", ".json");
            Files.writeString(file, """
                    {"InstanceFleets": [
                       {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                        "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                       {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                        "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}],
                     %s}
                    """.formatted(keys));
            return read(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static Cluster copyToTempDirectory(Path file) {
        try {
            Path directory = Files.createTempDirectory("cluster");
            Files.writeString(directory.resolve("bootstrap-action.sh"), "");
            return read(Files.copy(file, directory.resolve("cluster.json")));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
