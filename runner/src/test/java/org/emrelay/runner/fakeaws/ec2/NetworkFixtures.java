package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;

/** Creates the networks that an account has before a test begins. */
public final class NetworkFixtures {
    private final Ec2State ec2;

    public NetworkFixtures(Ec2State ec2) {
        this.ec2 = ec2;
    }

    private AccountIdentity identity() {
        return ec2.identity;
    }

    /** The default VPC: a public subnet per zone, an internet gateway and the default security group. */
    public Vpc defaultVpc(List<String> zones) {
        Vpc vpc = vpc("172.31.0.0/16", true);
        for (int i = 0; i < zones.size(); i++) {
            addSubnet(vpc, zones.get(i), "172.31." + 16 * i + ".0/20", true);
        }
        return vpc;
    }

    /** A VPC without subnets whose main route table has a route to an internet gateway. */
    public Vpc vpc() {
        return vpc("10." + ec2.vpcs.size() + ".0.0/16", false);
    }

    private Vpc vpc(String cidr, boolean isDefault) {
        Vpc vpc = new Vpc(ec2.ids.ec2Id("vpc"), cidr, isDefault);
        ec2.vpcs.put(vpc.id, vpc);
        RouteTable main = new RouteTable(ec2.ids.ec2Id("rtb"), vpc.id, cidr, true);
        main.routes.add(new RouteTable.Route("0.0.0.0/0", "gatewayId", ec2.ids.ec2Id("igw")));
        ec2.routeTables.add(main);
        SecurityGroup group = new SecurityGroup(ec2.ids.ec2Id("sg"), "default", "default VPC security group", vpc.id);
        group.rules.add(rule(false, Permission.all(Permission.PeerType.GROUP, group.id)));
        group.rules.add(rule(true, Permission.all(Permission.PeerType.CIDR, "0.0.0.0/0")));
        ec2.groups.put(group.id, group);
        return vpc;
    }

    private SecurityGroupRule rule(boolean egress, Permission permission) {
        return new SecurityGroupRule(ec2.ids.ec2Id("sgr"), egress, permission, null, false);
    }

    public Subnet publicSubnet(Vpc vpc, String zone) {
        Subnet subnet = publicSubnetWithoutAddresses(vpc, zone);
        subnet.assignsPublicAddresses = true;
        return subnet;
    }

    /** A public subnet as EC2 creates it: it assigns no public IP addresses until that is switched on. */
    public Subnet publicSubnetWithoutAddresses(Vpc vpc, String zone) {
        return addSubnet(vpc, zone, nextCidr(vpc), false);
    }

    /** A subnet with its own route table that has only the local route. */
    public Subnet isolatedSubnet(Vpc vpc, String zone) {
        Subnet subnet = addSubnet(vpc, zone, nextCidr(vpc), false);
        RouteTable table = new RouteTable(ec2.ids.ec2Id("rtb"), vpc.id, vpc.cidr, false);
        table.subnets.add(subnet.id);
        ec2.routeTables.add(table);
        return subnet;
    }

    /** A private subnet with a route to a NAT gateway. */
    public Subnet natSubnet(Vpc vpc, String zone) {
        Subnet subnet = isolatedSubnet(vpc, zone);
        RouteTable table = ec2.routeTableOf(subnet);
        table.routes.add(new RouteTable.Route("0.0.0.0/0", "natGatewayId", ec2.ids.ec2Id("nat")));
        return subnet;
    }

    /** A private subnet that reaches only S3, through a gateway endpoint with the default policy. */
    public Subnet endpointSubnet(Vpc vpc, String zone) {
        return endpointSubnet(vpc, zone, """
                {"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""");
    }

    /** A private subnet that reaches only S3, as far as the policy of the gateway endpoint allows. */
    public Subnet endpointSubnet(Vpc vpc, String zone, String policy) {
        Subnet subnet = isolatedSubnet(vpc, zone);
        RouteTable table = ec2.routeTableOf(subnet);
        String service = "com.amazonaws." + identity().region() + ".s3";
        VpcEndpoint endpoint =
                new VpcEndpoint(ec2.ids.ec2Id("vpce"), vpc.id, service, "Gateway", List.of(table.id), policy);
        ec2.endpoints.add(endpoint);
        table.routes.add(new RouteTable.Route("pl-63a5400a", "gatewayId", endpoint.id()));
        return subnet;
    }

    /** Removes the route to the internet gateway, as in the default VPC of moto and ministack. */
    public void removeInternetRoute(Vpc vpc) {
        ec2.routeTables.stream()
                .filter(table -> table.main && table.vpc.equals(vpc.id))
                .forEach(table -> table.routes.removeIf(route -> route.target().startsWith("igw-")));
    }

    /** Switches off a DNS attribute of a VPC: {@code enableDnsSupport} or {@code enableDnsHostnames}. */
    public void disableDns(Vpc vpc, String attribute) {
        vpc.disabledDns.add(attribute);
    }

    public SecurityGroup securityGroup(Vpc vpc, String name) {
        SecurityGroup group = new SecurityGroup(ec2.ids.ec2Id("sg"), name, "a given group", vpc.id);
        group.rules.add(rule(true, Permission.all(Permission.PeerType.CIDR, "0.0.0.0/0")));
        ec2.groups.put(group.id, group);
        return group;
    }

    /** The default group that EMR creates for clusters without groups of their own, and reuses. */
    public SecurityGroup emrDefaultSecurityGroup(String vpc, String name) {
        return ec2.groups.values().stream()
                .filter(group -> group.vpc.equals(vpc) && group.name.equals(name))
                .findFirst()
                .orElseGet(() -> securityGroup(Objects.requireNonNull(ec2.vpcs.get(vpc)), name));
    }

    private Subnet addSubnet(Vpc vpc, String zone, String cidr, boolean isDefault) {
        Subnet subnet = new Subnet(ec2.ids.ec2Id("subnet"), vpc.id, zone, cidr, isDefault);
        ec2.subnets.put(subnet.id, subnet);
        return subnet;
    }

    private String nextCidr(Vpc vpc) {
        long others = ec2.subnets.values().stream()
                .filter(subnet -> subnet.vpc.equals(vpc.id))
                .count();
        return vpc.cidr.replaceAll("0\\.0/16", others + ".0/24");
    }
}
