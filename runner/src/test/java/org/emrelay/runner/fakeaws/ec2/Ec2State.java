package org.emrelay.runner.fakeaws.ec2;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.IdGenerator;

/** The account's EC2 resources that clusters use. */
public final class Ec2State {
    final AccountIdentity identity;
    final Clock clock;
    final IdGenerator ids;
    final Map<String, Vpc> vpcs = new LinkedHashMap<>();
    final Map<String, Subnet> subnets = new LinkedHashMap<>();
    final Map<String, SecurityGroup> groups = new LinkedHashMap<>();
    final List<RouteTable> routeTables = new ArrayList<>();
    final List<VpcEndpoint> endpoints = new ArrayList<>();
    final List<String> keyPairs = new ArrayList<>();
    final InstanceTypes instanceTypes;
    final List<TagCall> tagCalls = new ArrayList<>();
    private Optional<String> ebsDefaultKey = Optional.empty();
    private Duration readLag = Duration.ZERO;
    private Duration emrLag = Duration.ofSeconds(8);
    private Predicate<String> groupInUse = group -> false;

    /** A CreateTags or DeleteTags call on one resource. */
    public record TagCall(String operation, String resource, Map<String, String> tags) {
        public TagCall {
            tags = Map.copyOf(tags);
        }
    }

    public Ec2State(AccountIdentity identity, Clock clock, IdGenerator ids) {
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
        this.instanceTypes = new InstanceTypes(identity.region());
    }

    public Map<String, SecurityGroup> groups() {
        return groups;
    }

    public Map<String, Subnet> subnets() {
        return subnets;
    }

    public List<String> keyPairs() {
        return keyPairs;
    }

    public InstanceTypes instanceTypes() {
        return instanceTypes;
    }

    public List<TagCall> tagCalls() {
        return List.copyOf(tagCalls);
    }

    /** Switches on the encryption of EBS volumes by default, with this key: an ARN, or {@code alias/aws/ebs}. */
    public void encryptEbsByDefault(String key) {
        ebsDefaultKey = Optional.of(key);
    }

    /** Empty unless EBS volumes are encrypted by default. */
    public Optional<String> ebsDefaultKey() {
        return ebsDefaultKey;
    }

    /** Sets which groups are in use: EMR's instances keep theirs until they are terminated. */
    public void setGroupUsage(Predicate<String> inUse) {
        groupInUse = inUse;
    }

    /** How long EC2 itself does not find a new security group. */
    public void setReadLag(Duration lag) {
        readLag = lag;
    }

    boolean isReadable(SecurityGroup group) {
        return !clock.instant().isBefore(group.createdAt.plus(readLag));
    }

    /** How long EMR does not see a new security group. */
    public void setEmrLag(Duration lag) {
        emrLag = lag;
    }

    /** Whether EMR sees a security group. */
    public boolean isVisibleToEmr(SecurityGroup group) {
        return !clock.instant().isBefore(group.createdAt.plus(emrLag));
    }

    boolean isInUse(String group) {
        return groupInUse.test(group);
    }

    public boolean isPrivate(Subnet subnet) {
        return routeTableOf(subnet).routes.stream()
                .noneMatch(route -> route.target().startsWith("igw-"));
    }

    /** Whether instances in a subnet without public addresses reach the internet: their route table has a default route. */
    public boolean reachesInternet(String subnetId) {
        return routeTableOf(Objects.requireNonNull(subnets.get(subnetId))).routes.stream()
                .anyMatch(route -> route.destination().equals("0.0.0.0/0"));
    }

    RouteTable routeTableOf(Subnet subnet) {
        return routeTables.stream()
                .filter(table -> table.subnets.contains(subnet.id))
                .findFirst()
                .or(() -> routeTables.stream()
                        .filter(table -> table.main && table.vpc.equals(subnet.vpc))
                        .findFirst())
                .orElseThrow();
    }

    SecurityGroup group(String id) {
        SecurityGroup group = groups.get(id);
        if (group == null || !isReadable(group)) {
            throw noSuchGroup(id);
        }
        return group;
    }

    static AwsError noSuchGroup(String id) {
        return new AwsError(400, "InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
    }

    /** Adds a rule on behalf of EMR unless an equal rule exists. */
    public void addEmrRule(String group, boolean egress, String protocol, int from, int to, String peer) {
        Permission permission = new Permission(protocol, from, to, Permission.PeerType.GROUP, peer);
        List<SecurityGroupRule> rules = group(group).rules;
        if (rules.stream().noneMatch(rule -> rule.egress == egress && rule.permission.equals(permission))) {
            rules.add(new SecurityGroupRule(ids.ec2Id("sgr"), egress, permission, null, true));
        }
    }

    /** Every resource with its mutable content. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        vpcs.forEach((id, vpc) -> inventory.put("ec2 vpc " + id, vpc.tags.toString()));
        subnets.forEach((id, subnet) -> inventory.put("ec2 subnet " + id, subnet.tags.toString()));
        routeTables.forEach(table -> inventory.put("ec2 route table " + table.id, table.tags.toString()));
        groups.forEach((id, group) ->
                inventory.put("ec2 security group " + id + " (" + group.name + ")", group.fingerprint()));
        return inventory;
    }
}
