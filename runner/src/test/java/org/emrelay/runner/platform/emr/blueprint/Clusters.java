package org.emrelay.runner.platform.emr.blueprint;

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

/** Clusters that the tests make blueprints of. */
public final class Clusters {
    public static final AwsScope SITE = new AwsScope("aws", "us-east-1", "123456789012", "1a2b3c4d");

    static final VpcSubnets NETWORK = new VpcSubnets(
            "vpc-1",
            List.of(
                    new Subnet("subnet-a", "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-a"),
                    new Subnet("subnet-b", "arn:aws:ec2:us-east-1:999999999999:subnet/subnet-b")),
            false);

    private Clusters() {}

    /** The subnets that a file names, or else two of a default VPC. */
    static VpcSubnets network(Cluster cluster) {
        List<Subnet> given = cluster.network().subnets().stream()
                .map(id -> new Subnet(id, "arn:aws:ec2:us-east-1:123456789012:subnet/" + id))
                .toList();
        return given.isEmpty() ? NETWORK : new VpcSubnets("vpc-1", given, false);
    }

    /** The cluster file of the repository's root. */
    public static Cluster root() {
        return read(Path.of("..", "cluster-ec2-spot-fleet.json"));
    }

    static Cluster read(Path file) {
        ParseResult<Cluster> reading = ClusterFileReader.read(file);
        assertThat(reading.problems()).noneMatch(problem -> problem.isError());
        return Objects.requireNonNull(reading.value());
    }

    /** A file of the tests' resources, beside which the script lies that all of them name. */
    static Cluster resource(String name) {
        return beside(Path.of("src", "test", "resources", name));
    }

    static Cluster beside(Path file) {
        try {
            Path directory = Files.createTempDirectory("cluster");
            Files.writeString(directory.resolve("bootstrap-action.sh"), "");
            return read(Files.copy(file, directory.resolve("cluster.json")));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
