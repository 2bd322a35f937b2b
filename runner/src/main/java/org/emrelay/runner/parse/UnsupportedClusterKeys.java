package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.Member;

/** Keys of EMR's RunJobFlow that people will copy into a cluster file although they have no place in it: each gets its own remedy. */
final class UnsupportedClusterKeys {
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("Instances", "Write the keys that stand in it at the top of this file."),
            Map.entry("InstanceGroups", "Describe the nodes by InstanceFleets."),
            Map.entry("Ec2SubnetId", "Write Ec2SubnetIds, a list."),
            Map.entry("Placement", "Name subnets in the zones that you want: Ec2SubnetIds."),
            Map.entry("Steps", "Steps stand in a steps file of their own: -steps steps.json."),
            Map.entry("VisibleToAllUsers", "Remove it: EMR shows every cluster to the whole account."),
            Map.entry("AmiVersion", "Write ReleaseLabel."),
            Map.entry("HadoopVersion", "Remove it: the release fixes Hadoop's version."),
            Map.entry("AutoScalingRole", "Remove it: fleets are scaled by ManagedScalingPolicy, which needs no role."),
            Map.entry("KerberosAttributes", "Kerberos is not supported."),
            Map.entry("PlacementGroupConfigs", "Placement groups are not supported: there is one primary node."));

    private UnsupportedClusterKeys() {}

    /** The object without them, so that they are not said to be unknown as well. */
    static JsonObject taken(JsonObject object, Problems problems) {
        for (Member member : object.members()) {
            String remedy = REMEDIES.get(member.key());
            if (remedy != null) {
                problems.error(member.key(), "this key of EMR's has no place in a cluster file.", remedy);
            }
        }
        List<Member> rest = object.members().stream()
                .filter(member -> !REMEDIES.containsKey(member.key()))
                .toList();
        return new JsonObject(rest);
    }
}
