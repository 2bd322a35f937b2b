package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.Owner;

/** Builds networks as a test's account has them from the beginning. */
public final class Networks {
    private final Ec2State ec2;

    public Networks(Ec2State ec2) {
        this.ec2 = ec2;
    }

    private Owner owner() {
        return ec2.owner;
    }

    /** The default VPC: a public subnet in each zone, an internet gateway, the default group. */
    public Vpc defaultVpc(List<String> zones) {
        Vpc vpc = vpc("172.31.0.0/16", true);
        for (int i = 0; i < zones.size(); i++) {
            addSubnet(vpc, zones.get(i), "172.31." + 16 * i + ".0/20", true);
        }
        return vpc;
    }

    /** Another VPC, which no subnet is in yet; its main table leads to an internet gateway. */
    public Vpc vpc() {
        return vpc("10." + ec2.vpcs.size() + ".0.0/16", false);
    }

    private Vpc vpc(String cidr, boolean isDefault) {
        Vpc vpc = new Vpc(ec2.identifiers.ec2("vpc"), cidr, isDefault);
        ec2.vpcs.put(vpc.id, vpc);
        RouteTable main = new RouteTable(ec2.identifiers.ec2("rtb"), vpc.id, cidr, true);
        main.routes.add(new RouteTable.Route("0.0.0.0/0", "gatewayId", ec2.identifiers.ec2("igw")));
        ec2.routeTables.add(main);
        SecurityGroup group =
                new SecurityGroup(ec2.identifiers.ec2("sg"), "default", "default VPC security group", vpc.id);
        group.rules.add(rule(false, Permission.all(Permission.Kind.GROUP, group.id)));
        group.rules.add(rule(true, Permission.all(Permission.Kind.CIDR, "0.0.0.0/0")));
        ec2.groups.put(group.id, group);
        return vpc;
    }

    private Rule rule(boolean egress, Permission permission) {
        return new Rule(ec2.identifiers.ec2("sgr"), egress, permission, null, false);
    }

    public Subnet publicSubnet(Vpc vpc, String zone) {
        return addSubnet(vpc, zone, nextCidr(vpc), false);
    }

    /** A subnet with a route table of its own, which leads nowhere. */
    public Subnet isolatedSubnet(Vpc vpc, String zone) {
        Subnet subnet = addSubnet(vpc, zone, nextCidr(vpc), false);
        RouteTable table = new RouteTable(ec2.identifiers.ec2("rtb"), vpc.id, vpc.cidr, false);
        table.subnets.add(subnet.id);
        ec2.routeTables.add(table);
        return subnet;
    }

    /** A private subnet with a NAT gateway. */
    public Subnet natSubnet(Vpc vpc, String zone) {
        Subnet subnet = isolatedSubnet(vpc, zone);
        RouteTable table = ec2.tableOf(subnet);
        table.routes.add(new RouteTable.Route("0.0.0.0/0", "natGatewayId", ec2.identifiers.ec2("nat")));
        return subnet;
    }

    /** A private subnet that reaches S3 by a gateway endpoint, and nothing else. */
    public Subnet endpointSubnet(Vpc vpc, String zone) {
        Subnet subnet = isolatedSubnet(vpc, zone);
        RouteTable table = ec2.tableOf(subnet);
        String service = "com.amazonaws." + owner().region() + ".s3";
        VpcEndpoint endpoint =
                new VpcEndpoint(ec2.identifiers.ec2("vpce"), vpc.id, service, "Gateway", List.of(table.id));
        ec2.endpoints.add(endpoint);
        table.routes.add(new RouteTable.Route("pl-63a5400a", "gatewayId", endpoint.id()));
        return subnet;
    }

    /** The internet gateway's route gone, as in the default VPC of other fakes. */
    public void cutOff(Vpc vpc) {
        ec2.routeTables.stream()
                .filter(table -> table.main && table.vpc.equals(vpc.id))
                .forEach(table -> table.routes.removeIf(route -> route.target().startsWith("igw-")));
    }

    public SecurityGroup group(Vpc vpc, String name) {
        SecurityGroup group = new SecurityGroup(ec2.identifiers.ec2("sg"), name, "a given group", vpc.id);
        group.rules.add(rule(true, Permission.all(Permission.Kind.CIDR, "0.0.0.0/0")));
        ec2.groups.put(group.id, group);
        return group;
    }

    /** What EMR makes where a cluster brings no groups; the next such cluster uses it again. */
    public SecurityGroup emrDefaultGroup(String vpc, String name) {
        return ec2.groups.values().stream()
                .filter(group -> group.vpc.equals(vpc) && group.name.equals(name))
                .findFirst()
                .orElseGet(() -> group(Objects.requireNonNull(ec2.vpcs.get(vpc)), name));
    }

    private Subnet addSubnet(Vpc vpc, String zone, String cidr, boolean isDefault) {
        Subnet subnet = new Subnet(ec2.identifiers.ec2("subnet"), vpc.id, zone, cidr, isDefault);
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
