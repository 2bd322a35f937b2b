package org.emrelay.runner.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.platform.aws.client.AdvancingClock;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.emr.model.ClusterState;

/** An AWS server by others, accessed through the SDK only: foreign resources to set up, and an inventory. */
final class ForeignServer implements AutoCloseable {
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "not-so-secret");

    private final Map<String, String> environment = new HashMap<>(CREDENTIALS);
    private final AwsClients clients;

    ForeignServer(URI endpoint) {
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        clients = new AwsClients(new AwsSettings(null, null, null, environment));
    }

    /** Uses another server for EMR. */
    ForeignServer withEmrAt(URI endpoint) {
        environment.put("AWS_ENDPOINT_URL_EMR", endpoint.toString());
        return this;
    }

    AwsClients clients() {
        return clients;
    }

    /** Adds the internet route and the DNS hostnames that the default VPC has on AWS but not on these servers. */
    ForeignServer withUsableDefaultVpc() {
        String vpc = vpc();
        clients.ec2().modifyVpcAttribute(request -> request.vpcId(vpc).enableDnsHostnames(value -> value.value(true)));
        String gateway = clients.ec2()
                .createInternetGateway(request -> {})
                .internetGateway()
                .internetGatewayId();
        clients.ec2()
                .attachInternetGateway(
                        request -> request.internetGatewayId(gateway).vpcId(vpc));
        clients.ec2()
                .describeRouteTables(request -> request.filters(filter("vpc-id", vpc)))
                .routeTables()
                .forEach(table -> clients.ec2()
                        .createRoute(request -> request.routeTableId(table.routeTableId())
                                .destinationCidrBlock("0.0.0.0/0")
                                .gatewayId(gateway)));
        return this;
    }

    /** Creates foreign resources of each kind that the runner creates. */
    ForeignServer withForeignResources() {
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}}]}";
        clients.iam().createRole(request -> request.roleName("theirs").assumeRolePolicyDocument(trust));
        clients.iam().createInstanceProfile(request -> request.instanceProfileName("theirs"));
        clients.iam()
                .addRoleToInstanceProfile(
                        request -> request.instanceProfileName("theirs").roleName("theirs"));
        clients.ec2()
                .createSecurityGroup(request ->
                        request.groupName("theirs").description("theirs").vpcId(vpc()));
        clients.s3().createBucket(request -> request.bucket("theirs"));
        clients.s3().putObject(request -> request.bucket("theirs").key("theirs.txt"), RequestBody.fromString("theirs"));
        return this;
    }

    /** Uploads a small file and one of two parts, and returns those that a second upload sends again. */
    List<String> filesUploadedAgain(Path directory) throws IOException {
        AdvancingClock clock = new AdvancingClock(Instant.now().toString());
        AwsContext aws = new AwsContext(clients, new AwsRetry(clock, clock, new Random(1)));
        Files.writeString(directory.resolve("small"), "small");
        Files.write(directory.resolve("large"), new byte[(16 << 20) + 1]);
        clients.s3().createBucket(request -> request.bucket("checksums"));
        Set<String> uploaded = new TreeSet<>();
        S3Workspace workspace =
                new S3Workspace(aws, "checksums", "", (file, done, total) -> uploaded.add(file), uploaded::add);
        for (int i = 0; i < 2; i++) {
            uploaded.clear();
            workspace.upload(directory.resolve("small"), "scripts/1/small");
            workspace.upload(directory.resolve("large"), "scripts/2/large");
        }
        new Buckets(aws).delete("checksums");
        return List.copyOf(uploaded);
    }

    private String vpc() {
        return clients.ec2()
                .describeVpcs(request -> request.filters(filter("isDefault", "true")))
                .vpcs()
                .get(0)
                .vpcId();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    /** A prompt in a directory with a variant of the root's cluster file, whose commands use this server. */
    CliFixture prompt(Path directory, String clusterFile) {
        AdvancingClock clock = new AdvancingClock(Instant.now().toString());
        CliFixture prompt = new CliFixture(directory)
                .file(EmrCliFixture.CLUSTER_FILE, clusterFile)
                .file("bootstrap-action.sh", EmrCliFixture.repositoryFile("bootstrap-action.sh"))
                .withClock(clock, clock);
        environment.forEach(prompt::withEnvironment);
        return SampleFiles.writeTo(prompt);
    }

    /** Types a command with {@code --endpoint-url}. */
    CommandResult type(CliFixture prompt, String... arguments) {
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        List<String> withEndpoint = new ArrayList<>(Arrays.asList(arguments));
        withEndpoint.addAll(List.of("--endpoint-url", endpoint));
        return prompt.run(withEndpoint.toArray(String[]::new)).without(" --endpoint-url " + endpoint);
    }

    /** All resources except clusters and objects, with every tag, rule and setting that listings show. */
    Set<String> inventory() {
        Stream<List<?>> listings = Stream.of(
                clients.ec2().describeSecurityGroups().securityGroups(),
                clients.ec2().describeSubnets().subnets(),
                clients.ec2().describeVpcs().vpcs(),
                clients.ec2().describeRouteTables().routeTables(),
                tags(),
                clients.iam().listRoles().roles(),
                clients.iam().listInstanceProfiles().instanceProfiles(),
                clients.iam().listPolicies(request -> request.scope("Local")).policies(),
                clients.s3().listBuckets().buckets());
        Set<String> inventory = new TreeSet<>();
        listings.flatMap(List::stream).forEach(each -> inventory.add(each.toString()));
        return inventory;
    }

    /** Tags except those of security groups: moto and ministack keep them after a group is deleted, and listings of groups show them. */
    private List<TagDescription> tags() {
        return clients.ec2().describeTags().tags().stream()
                .filter(tag -> tag.resourceType() != ResourceType.SECURITY_GROUP)
                .toList();
    }

    /** The ids of all clusters that are not terminated. */
    List<String> liveClusters() {
        return clients
                .emr()
                .listClusters(request -> request.clusterStates(
                        ClusterState.STARTING,
                        ClusterState.BOOTSTRAPPING,
                        ClusterState.RUNNING,
                        ClusterState.WAITING,
                        ClusterState.TERMINATING))
                .clusters()
                .stream()
                .map(cluster -> cluster.id())
                .toList();
    }

    @Override
    public void close() {
        clients.close();
    }
}
