package org.emrelay.runner.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.client.FakeTime;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.emr.model.ClusterState;

/** A server that others wrote, spoken to by the SDK alone: what stands in it beside our own things, and what is there at all. */
final class ForeignServer implements AutoCloseable {
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "not-so-secret");

    private final Map<String, String> environment = new HashMap<>(KEYS);
    private final AwsClients clients;

    ForeignServer(URI endpoint) {
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        clients = new AwsClients(new AwsSettings(null, null, null, environment));
    }

    /** Speaks to another server where it is about EMR. */
    ForeignServer withEmrAt(URI endpoint) {
        environment.put("AWS_ENDPOINT_URL_EMR", endpoint.toString());
        return this;
    }

    AwsClients clients() {
        return clients;
    }

    /** Gives the default VPC the way into the internet that it has on AWS, and that these servers leave out. */
    ForeignServer withWayOut() {
        String vpc = vpc();
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

    /** What is somebody else's, of each kind that we make too. */
    ForeignServer withThingsOfOthers() {
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

    /** Somebody in a directory, with the root's cluster file in another form, who types commands that go to this server. */
    Prompt prompt(Path directory, String clusterFile) {
        FakeTime time = new FakeTime(Instant.now().toString());
        Prompt prompt = new Prompt(directory)
                .file(EmrPrompt.CLUSTER_FILE, clusterFile)
                .file("bootstrap-action.sh", EmrPrompt.rootFile("bootstrap-action.sh"))
                .at(time, time);
        environment.forEach(prompt::withEnvironment);
        return Pipelines.laidOut(prompt);
    }

    /** The same with the endpoint on the command line. */
    CommandResult type(Prompt prompt, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--endpoint-url", environment.get("AWS_ENDPOINT_URL")));
        return prompt.type(all.toArray(String[]::new));
    }

    /** All that is there beside clusters and what lies in buckets, with every tag, rule and setting that a listing shows. */
    Set<String> all() {
        Stream<List<?>> lists = Stream.of(
                clients.ec2().describeSecurityGroups().securityGroups(),
                clients.ec2().describeSubnets().subnets(),
                clients.ec2().describeVpcs().vpcs(),
                clients.ec2().describeRouteTables().routeTables(),
                tagsOfOthers(),
                clients.iam().listRoles().roles(),
                clients.iam().listInstanceProfiles().instanceProfiles(),
                clients.iam().listPolicies(request -> request.scope("Local")).policies(),
                clients.s3().listBuckets().buckets());
        Set<String> found = new TreeSet<>();
        lists.flatMap(List::stream).forEach(each -> found.add(each.toString()));
        return found;
    }

    /** Moto and ministack keep the tags of groups that are gone; those of groups that are there stand in the groups. */
    private List<TagDescription> tagsOfOthers() {
        return clients.ec2().describeTags().tags().stream()
                .filter(tag -> tag.resourceType() != ResourceType.SECURITY_GROUP)
                .toList();
    }

    /** The clusters that are up or on their way down, by id. */
    List<String> clustersUp() {
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
