package org.emrelay.runner.fakeaws.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** A rule of a security group. */
final class SecurityGroupRule {
    final String id;
    final boolean egress;
    final Permission permission;
    final @Nullable String description;
    /** Whether EMR added the rule. EMR adds rules to the groups of its clusters and never removes them. */
    final boolean addedByEmr;

    final Map<String, String> tags = new LinkedHashMap<>();

    SecurityGroupRule(
            String id, boolean egress, Permission permission, @Nullable String description, boolean addedByEmr) {
        this.id = id;
        this.egress = egress;
        this.permission = permission;
        this.description = description;
        this.addedByEmr = addedByEmr;
    }

    /** The fields in DescribeSecurityGroupRules and in responses to Authorize calls. */
    Fields fields(String account, String group, String arn) {
        return addPeer(commonFields(group).and("groupOwnerId", account).and("securityGroupRuleArn", arn), account)
                .and("tagSet", tags.isEmpty() ? List.of() : Fields.tags(tags, "key", "value"));
    }

    /** The fields in responses to Revoke calls. */
    Fields revokedFields(String group) {
        Fields fields = commonFields(group);
        return permission.peerType() == Permission.PeerType.GROUP
                ? fields.and("referencedGroupId", permission.peer())
                : addPeer(fields, "");
    }

    private Fields commonFields(String group) {
        return Fields.of("securityGroupRuleId", id)
                .and("groupId", group)
                .and("isEgress", egress)
                .and("ipProtocol", permission.protocol())
                .and("fromPort", permission.from())
                .and("toPort", permission.to())
                .and("description", description);
    }

    private Fields addPeer(Fields fields, String account) {
        return switch (permission.peerType()) {
            case GROUP ->
                fields.and(
                        "referencedGroupInfo",
                        Fields.of("groupId", permission.peer()).and("userId", account));
            case CIDR -> fields.and("cidrIpv4", permission.peer());
            case CIDR6 -> fields.and("cidrIpv6", permission.peer());
            case PREFIX_LIST -> fields.and("prefixListId", permission.peer());
        };
    }
}
