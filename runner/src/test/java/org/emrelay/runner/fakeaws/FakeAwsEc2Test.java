package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** Tests the fake EC2 through the SDK. */
class FakeAwsEc2Test {
    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final Ec2Client ec2 = clients.ec2();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private static String rejection(ThrowingCallable call) {
        Ec2Exception exception = catchThrowableOfType(Ec2Exception.class, call);
        return exception.awsErrorDetails().errorCode() + ": "
                + exception.awsErrorDetails().errorMessage();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private Vpc defaultVpc() {
        return ec2.describeVpcs(request -> request.filters(filter("is-default", "true")))
                .vpcs()
                .get(0);
    }

    private String createGroup(String name) {
        return ec2.createSecurityGroup(request -> request.groupName(name)
                        .description("of a test")
                        .vpcId(defaultVpc().vpcId())
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.SECURITY_GROUP)
                                .tags(Tag.builder().key("owner").value(name).build())
                                .build()))
                .groupId();
    }

    private static IpPermission fromGroup(String group, int port) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(UserIdGroupPair.builder()
                        .groupId(group)
                        .description("why")
                        .build())
                .build();
    }

    @Test
    void describesTheDnsAttributesOfAVpc() {
        var vpc = aws.account().vpc();
        aws.account().disableDns(vpc, "enableDnsHostnames");

        assertThat(ec2.describeVpcAttribute(
                                request -> request.vpcId(vpc.id()).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                        .enableDnsSupport()
                        .value())
                .isTrue();
        assertThat(ec2.describeVpcAttribute(
                                request -> request.vpcId(vpc.id()).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                        .enableDnsHostnames()
                        .value())
                .isFalse();
        assertThat(rejection(() -> ec2.describeVpcAttribute(
                        request -> request.vpcId("vpc-1").attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))))
                .isEqualTo("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
        assertThat(rejection(() -> ec2.describeVpcAttribute(request -> request.vpcId(vpc.id()))))
                .isEqualTo("InvalidParameterValue: Value () for parameter attribute is invalid. Unknown VPC attribute");
    }

    @Test
    void theDefaultVpcHasAPublicSubnetInEachZone() {
        Vpc vpc = defaultVpc();

        List<Subnet> subnets = ec2.describeSubnets(
                        request -> request.filters(filter("vpc-id", vpc.vpcId()), filter("default-for-az", "true")))
                .subnets();

        assertThat(vpc.cidrBlock()).isEqualTo("172.31.0.0/16");
        assertThat(subnets)
                .extracting(Subnet::availabilityZone)
                .containsExactly("us-east-1a", "us-east-1b", "us-east-1c");
        List<Route> routes = ec2.describeRouteTables(
                        request -> request.filters(filter("vpc-id", vpc.vpcId()), filter("association.main", "true")))
                .routeTables()
                .get(0)
                .routes();
        assertThat(routes)
                .anyMatch(route -> "0.0.0.0/0".equals(route.destinationCidrBlock())
                        && route.gatewayId().startsWith("igw-"));
    }

    @Test
    void privateSubnetsHaveTheirOwnRoutes() {
        var vpc = aws.account().vpc();
        var nat = aws.account().natSubnet(vpc, "us-east-1a");
        var endpoint = aws.account().endpointSubnet(vpc, "us-east-1b");
        var isolated = aws.account().isolatedSubnet(vpc, "us-east-1c");

        assertThat(routes(nat.id())).anyMatch(route -> route.natGatewayId() != null);
        assertThat(routes(endpoint.id()))
                .anyMatch(route -> route.destinationPrefixListId() != null
                        && route.gatewayId().startsWith("vpce-"));
        assertThat(routes(isolated.id())).hasSize(1);
        assertThat(ec2.describeVpcEndpoints(request -> request.filters(
                                filter("vpc-id", vpc.id()), filter("service-name", "com.amazonaws.us-east-1.s3")))
                        .vpcEndpoints())
                .singleElement()
                .satisfies(found -> assertThat(found.vpcEndpointTypeAsString()).isEqualTo("Gateway"));
        assertThat(ec2.describeNatGateways(request -> request.filter(filter("vpc-id", vpc.id())))
                        .natGateways())
                .hasSize(1);
        assertThat(aws.remaining()).isEmpty();
    }

    private List<Route> routes(String subnet) {
        return ec2.describeRouteTables(request -> request.filters(filter("association.subnet-id", subnet)))
                .routeTables()
                .get(0)
                .routes();
    }

    @Test
    void unknownIdsAndFiltersAreRejected() {
        assertThat(rejection(() -> ec2.describeSubnets(request -> request.subnetIds("subnet-1"))))
                .isEqualTo("InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist");
        assertThat(rejection(() -> ec2.describeVpcs(request -> request.vpcIds("vpc-1"))))
                .isEqualTo("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
        assertThat(rejection(() -> ec2.describeSecurityGroups(request -> request.groupIds("sg-1"))))
                .isEqualTo("InvalidGroup.NotFound: The security group 'sg-1' does not exist");
        assertThat(rejection(() -> ec2.describeVpcs(request -> request.filters(filter("colour", "red")))))
                .isEqualTo("InvalidParameterValue: The filter 'colour' is invalid");
        assertThat(rejection(() -> ec2.describeInstanceTypes(
                        request -> request.instanceTypesWithStrings("m5.xlarge", "m99.huge"))))
                .isEqualTo("InvalidInstanceType: The following supplied instance types do not exist: [m99.huge]");
        assertThat(rejection(() -> ec2.describeKeyPairs(request -> request.keyNames("mine"))))
                .isEqualTo("InvalidKeyPair.NotFound: The key pair 'mine' does not exist");
    }

    @Test
    void groupsAreFoundByTagNameAndVpc() {
        String id = createGroup("demo-primary");
        createGroup("demo-core");

        List<SecurityGroup> found = ec2.describeSecurityGroups(request -> request.filters(
                        filter("tag:owner", "demo-p*"),
                        filter("vpc-id", defaultVpc().vpcId())))
                .securityGroups();

        assertThat(found).singleElement().satisfies(group -> {
            assertThat(group.groupId()).isEqualTo(id);
            assertThat(group.groupName()).isEqualTo("demo-primary");
            assertThat(group.description()).isEqualTo("of a test");
            assertThat(group.ownerId()).isEqualTo("123456789012");
            assertThat(group.tags())
                    .containsExactly(
                            Tag.builder().key("owner").value("demo-primary").build());
            assertThat(group.ipPermissions()).isEmpty();
            assertThat(group.ipPermissionsEgress().get(0).ipRanges().get(0).cidrIp())
                    .isEqualTo("0.0.0.0/0");
        });
        assertThat(rejection(() -> createGroup("demo-core")))
                .startsWith("InvalidGroup.Duplicate: The security group 'demo-core' already exists for VPC 'vpc-");
        assertThat(rejection(() -> createGroup("sg-demo")))
                .isEqualTo("InvalidParameterValue: Invalid value 'sg-demo' for groupName. Group names may not be in the"
                        + " format sg-*.");
    }

    @Test
    void rulesAreAuthorizedListedAndRevoked() {
        String primary = createGroup("primary");
        String access = createGroup("access");

        SecurityGroupRule added = ec2.authorizeSecurityGroupIngress(
                        request -> request.groupId(access).ipPermissions(fromGroup(primary, 9443)))
                .securityGroupRules()
                .get(0);

        assertThat(added.referencedGroupInfo().groupId()).isEqualTo(primary);
        assertThat(added.description()).isEqualTo("why");
        assertThat(ec2.describeSecurityGroupRules(request -> request.filters(filter("group-id", access)))
                        .securityGroupRules())
                .extracting(SecurityGroupRule::securityGroupRuleId)
                .contains(added.securityGroupRuleId())
                .hasSize(2);
        assertThat(rejection(() -> ec2.authorizeSecurityGroupIngress(
                        request -> request.groupId(access).ipPermissions(fromGroup(primary, 9443)))))
                .isEqualTo("InvalidPermission.Duplicate: the specified rule \"peer: " + primary
                        + ", TCP, from port: 9443, to port: 9443, ALLOW\" already exists");
        ec2.revokeSecurityGroupIngress(
                request -> request.groupId(access).securityGroupRuleIds(added.securityGroupRuleId()));
        assertThat(rejection(() -> ec2.revokeSecurityGroupIngress(
                        request -> request.groupId(access).ipPermissions(fromGroup(primary, 9443)))))
                .isEqualTo("InvalidPermission.NotFound: The specified rule does not exist in this security group.");
    }

    @Test
    void aReferencedGroupCannotBeDeleted() {
        String primary = createGroup("primary");
        String core = createGroup("core");
        ec2.authorizeSecurityGroupIngress(request -> request.groupId(core).ipPermissions(fromGroup(primary, 8443)));
        ec2.authorizeSecurityGroupIngress(request -> request.groupId(primary).ipPermissions(fromGroup(primary, 8443)));

        assertThat(rejection(() -> ec2.deleteSecurityGroup(request -> request.groupId(primary))))
                .isEqualTo("DependencyViolation: resource " + primary + " has a dependent object");
        List<IpPermission> permissions = ec2.describeSecurityGroups(request -> request.groupIds(core))
                .securityGroups()
                .get(0)
                .ipPermissions();
        ec2.revokeSecurityGroupIngress(request -> request.groupId(core).ipPermissions(permissions));
        ec2.deleteSecurityGroup(request -> request.groupId(primary));
        ec2.deleteSecurityGroup(request -> request.groupId(core));
        assertThat(aws.remaining()).isEmpty();
    }

    @Test
    void tagCallsOnForeignResourcesAreReported() {
        String subnet =
                aws.inspect(() -> List.copyOf(aws.ec2().subnets().keySet()).get(0));

        ec2.createTags(request -> request.resources(subnet)
                .tags(Tag.builder()
                        .key("for-use-with-amazon-emr-managed-policies")
                        .value("true")
                        .build()));

        assertThat(aws.ec2().tagCalls())
                .containsExactly(new Ec2State.TagCall(
                        "CreateTags", subnet, Map.of("for-use-with-amazon-emr-managed-policies", "true")));
        assertThat(aws.foreignChanges())
                .containsExactly(
                        "ec2 subnet " + subnet + " changed from {} to {for-use-with-amazon-emr-managed-policies=true}");
    }

    @Test
    void instanceTypesAreOfferedInTheZonesThatTheTestSets() {
        aws.ec2().instanceTypes().offer("m5a.xlarge", "us-east-1b");

        List<InstanceTypeOffering> offerings = ec2.describeInstanceTypeOfferings(
                        request -> request.locationType(LocationType.AVAILABILITY_ZONE)
                                .filters(filter("instance-type", "m5a.xlarge", "m5.2xlarge")))
                .instanceTypeOfferings();

        assertThat(offerings)
                .extracting(offering -> offering.instanceTypeAsString() + " " + offering.location())
                .containsExactlyInAnyOrder(
                        "m5a.xlarge us-east-1b",
                        "m5.2xlarge us-east-1a",
                        "m5.2xlarge us-east-1b",
                        "m5.2xlarge us-east-1c");
        InstanceTypeInfo info = ec2.describeInstanceTypes(request -> request.instanceTypes(InstanceType.M6_G_XLARGE))
                .instanceTypes()
                .get(0);
        assertThat(info.vCpuInfo().defaultVCpus()).isEqualTo(4);
        assertThat(info.memoryInfo().sizeInMiB()).isEqualTo(16384);
        assertThat(info.processorInfo().supportedArchitecturesAsStrings()).containsExactly("arm64");
        assertThat(ec2.describeInstanceTypesPaginator(request -> request.maxResults(20)).instanceTypes().stream()
                        .count())
                .isEqualTo(70);
    }

    @Test
    void spotPricesHaveAZoneAndATime() {
        List<SpotPrice> prices = ec2.describeSpotPriceHistory(request -> request.instanceTypes(InstanceType.M5_XLARGE)
                        .productDescriptions("Linux/UNIX")
                        .startTime(aws.clock().instant()))
                .spotPriceHistory();

        assertThat(prices).hasSize(3).allSatisfy(price -> {
            assertThat(price.spotPrice()).isEqualTo("0.068000");
            assertThat(price.timestamp()).isBefore(aws.clock().instant());
        });
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(rejection(() -> ec2.createSecurityGroup(
                        request -> request.groupName("x").description("y").dryRun(true))))
                .isEqualTo("DryRunOperation: Request would have succeeded, but DryRun flag is set.");
        assertThat(aws.remaining()).isEmpty();
    }
}
