package org.emrelay.runner.fakeaws.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** One rule of a security group. */
final class Rule {
    final String id;
    final boolean egress;
    final Permission permission;
    final @Nullable String description;
    /** EMR puts rules of its own into the groups of its clusters, and never takes them out again. */
    final boolean byEmr;

    final Map<String, String> tags = new LinkedHashMap<>();

    Rule(String id, boolean egress, Permission permission, @Nullable String description, boolean byEmr) {
        this.id = id;
        this.egress = egress;
        this.permission = permission;
        this.description = description;
        this.byEmr = byEmr;
    }

    /** As DescribeSecurityGroupRules and the answers to Authorize… show it. */
    Fields fields(String account, String group, String arn) {
        return peer(common(group).and("groupOwnerId", account).and("securityGroupRuleArn", arn), account)
                .and("tagSet", tags.isEmpty() ? List.of() : Fields.tags(tags, "key", "value"));
    }

    /** As the answers to Revoke… show it. */
    Fields revoked(String group) {
        Fields fields = common(group);
        return permission.kind() == Permission.Kind.GROUP
                ? fields.and("referencedGroupId", permission.peer())
                : peer(fields, "");
    }

    private Fields common(String group) {
        return Fields.of("securityGroupRuleId", id)
                .and("groupId", group)
                .and("isEgress", egress)
                .and("ipProtocol", permission.protocol())
                .and("fromPort", permission.from())
                .and("toPort", permission.to())
                .and("description", description);
    }

    private Fields peer(Fields fields, String account) {
        return switch (permission.kind()) {
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
