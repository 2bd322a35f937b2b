package org.emrelay.runner.fakeaws.ec2;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Identifiers;
import org.emrelay.runner.fakeaws.wire.Owner;

/** What an account's EC2 holds, as far as clusters meet it. */
public final class Ec2State {
    final Owner owner;
    final Clock clock;
    final Identifiers identifiers;
    final Map<String, Vpc> vpcs = new LinkedHashMap<>();
    final Map<String, Subnet> subnets = new LinkedHashMap<>();
    final Map<String, SecurityGroup> groups = new LinkedHashMap<>();
    final List<RouteTable> routeTables = new ArrayList<>();
    final List<VpcEndpoint> endpoints = new ArrayList<>();
    final List<String> keyPairs = new ArrayList<>();
    final InstanceTypes instanceTypes;
    final List<Tagging> taggings = new ArrayList<>();
    private Predicate<String> groupInUse = group -> false;

    /** A resource that CreateTags or DeleteTags named. */
    public record Tagging(String operation, String resource, Map<String, String> tags) {
        public Tagging {
            tags = Map.copyOf(tags);
        }
    }

    public Ec2State(Owner owner, Clock clock, Identifiers identifiers) {
        this.owner = owner;
        this.clock = clock;
        this.identifiers = identifiers;
        this.instanceTypes = new InstanceTypes(owner.region());
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

    public List<Tagging> taggings() {
        return List.copyOf(taggings);
    }

    /** EMR's machines hold their groups until they are gone. */
    public void usesOfGroups(Predicate<String> inUse) {
        groupInUse = inUse;
    }

    boolean isInUse(String group) {
        return groupInUse.test(group);
    }

    public boolean isPrivate(Subnet subnet) {
        return tableOf(subnet).routes.stream().noneMatch(route -> route.target().startsWith("igw-"));
    }

    RouteTable tableOf(Subnet subnet) {
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
        if (group == null) {
            throw noSuchGroup(id);
        }
        return group;
    }

    static AwsError noSuchGroup(String id) {
        return new AwsError(400, "InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
    }

    /** A rule that EMR adds, unless an equal one is there. */
    public void addEmrRule(String group, boolean egress, String protocol, int from, int to, String peer) {
        Permission permission = new Permission(protocol, from, to, Permission.Kind.GROUP, peer);
        List<Rule> rules = group(group).rules;
        if (rules.stream().noneMatch(rule -> rule.egress == egress && rule.permission.equals(permission))) {
            rules.add(new Rule(identifiers.ec2("sgr"), egress, permission, null, true));
        }
    }

    /** Each resource that can be made or changed here, and all that can be changed in it. */
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
