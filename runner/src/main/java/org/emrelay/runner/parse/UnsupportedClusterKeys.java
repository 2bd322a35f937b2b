package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.Member;

/** RunJobFlow keys that users copy into a cluster file although they are not supported, with a remedy for each. */
final class UnsupportedClusterKeys {
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("Instances", "Move its keys to the top level of this file."),
            Map.entry("InstanceGroups", "Use InstanceFleets."),
            Map.entry("Ec2SubnetId", "Use Ec2SubnetIds, a list."),
            Map.entry("Placement", "Set Ec2SubnetIds to subnets in the Availability Zones that you want."),
            Map.entry("Steps", "Define steps in a separate file: -steps steps.json."),
            Map.entry("VisibleToAllUsers", "Remove it: every cluster is visible to the whole account."),
            Map.entry("AmiVersion", "Use ReleaseLabel."),
            Map.entry("HadoopVersion", "Remove it: the release determines the Hadoop version."),
            Map.entry("AutoScalingRole", "Remove it: ManagedScalingPolicy scales fleets and needs no role."),
            Map.entry("KerberosAttributes", "Kerberos is not supported."),
            Map.entry("PlacementGroupConfigs", "Placement groups are not supported: there is one primary node."));

    private UnsupportedClusterKeys() {}

    /** Removes these keys, so that they are not reported again as unknown. */
    static JsonObject remove(JsonObject object, Problems problems) {
        for (Member member : object.members()) {
            String remedy = REMEDIES.get(member.key());
            if (remedy != null) {
                problems.error(member.key(), "EMR key not supported in cluster files.", remedy);
            }
        }
        List<Member> supportedMembers = object.members().stream()
                .filter(member -> !REMEDIES.containsKey(member.key()))
                .toList();
        return new JsonObject(supportedMembers);
    }
}
