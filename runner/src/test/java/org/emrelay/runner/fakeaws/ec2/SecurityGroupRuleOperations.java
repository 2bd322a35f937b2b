package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Authorizes, revokes and describes the rules of security groups. */
final class SecurityGroupRuleOperations {
    private static final int MAX_RULES = 60;

    private final Ec2State ec2;

    SecurityGroupRuleOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations
                .add("AuthorizeSecurityGroupIngress", request -> authorize(request, false))
                .add("AuthorizeSecurityGroupEgress", request -> authorize(request, true))
                .add("RevokeSecurityGroupIngress", request -> revoke(request, false))
                .add("RevokeSecurityGroupEgress", request -> revoke(request, true))
                .add("DescribeSecurityGroupRules", this::describe);
    }

    private Fields authorize(Tree request, boolean egress) {
        SecurityGroup group = ec2.group(request.text("GroupId", ""));
        List<SecurityGroupRule> added = new ArrayList<>();
        for (Permission.WithDescription entry : requestedPermissions(request)) {
            Permission permission = entry.permission();
            if (permission.peerType() == Permission.PeerType.GROUP) {
                ec2.group(permission.peer());
            }
            if (group.rules.stream().anyMatch(rule -> rule.egress == egress && rule.permission.equals(permission))) {
                throw new AwsError(
                        400,
                        "InvalidPermission.Duplicate",
                        "the specified rule \"" + permission.text() + "\" already exists");
            }
            SecurityGroupRule rule =
                    new SecurityGroupRule(ec2.ids.ec2Id("sgr"), egress, permission, entry.description(), false);
            rule.tags.putAll(TagOperations.fromSpecifications(request, "security-group-rule"));
            added.add(rule);
        }
        if (group.rules.stream().filter(rule -> rule.egress == egress).count() + added.size() > MAX_RULES) {
            throw new AwsError(
                    400,
                    "RulesPerSecurityGroupLimitExceeded",
                    "The maximum number of rules per security group has been reached.");
        }
        group.rules.addAll(added);
        return Fields.of("return", true)
                .and(
                        "securityGroupRuleSet",
                        added.stream().map(rule -> fields(group, rule)).toList());
    }

    private static List<Permission.WithDescription> requestedPermissions(Tree request) {
        List<Permission.WithDescription> permissions = Permission.fromRequest(request);
        if (permissions.isEmpty()) {
            throw new AwsError(400, "MissingParameter", "The request must contain the parameter ipPermissions");
        }
        return permissions;
    }

    private Fields fields(SecurityGroup group, SecurityGroupRule rule) {
        return rule.fields(
                ec2.identity.accountId(), group.id, ec2.identity.arn("ec2", "security-group-rule/" + rule.id));
    }

    private Fields revoke(Tree request, boolean egress) {
        SecurityGroup group = ec2.group(request.text("GroupId", ""));
        List<SecurityGroupRule> revoked = new ArrayList<>();
        for (String id : request.texts("SecurityGroupRuleId")) {
            revoked.add(group.rules.stream()
                    .filter(rule -> rule.id.equals(id) && rule.egress == egress)
                    .findFirst()
                    .orElseThrow(() -> noSuchRule(id)));
        }
        if (revoked.isEmpty()) {
            for (Permission.WithDescription entry : requestedPermissions(request)) {
                revoked.add(group.rules.stream()
                        .filter(rule -> rule.egress == egress && rule.permission.equals(entry.permission()))
                        .findFirst()
                        .orElseThrow(() -> new AwsError(
                                400,
                                "InvalidPermission.NotFound",
                                "The specified rule does not exist in this security group.")));
            }
        }
        group.rules.removeAll(revoked);
        return Fields.of("return", true)
                .and(
                        "revokedSecurityGroupRuleSet",
                        revoked.stream()
                                .map(rule -> rule.revokedFields(group.id))
                                .toList());
    }

    private static AwsError noSuchRule(String id) {
        return new AwsError(
                400, "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '" + id + "' does not exist");
    }

    private Fields describe(Tree request) {
        Map<SecurityGroupRule, SecurityGroup> groupOfRule = new LinkedHashMap<>();
        ec2.groups.values().forEach(group -> group.rules.forEach(rule -> groupOfRule.put(rule, group)));
        Filters<SecurityGroupRule> filters = new Filters<SecurityGroupRule>(rule -> rule.tags)
                .on("group-id", rule -> groupOfRule.get(rule).id)
                .on("security-group-rule-id", rule -> rule.id);
        DescribeOperation<SecurityGroupRule> listing = new DescribeOperation<>(
                "securityGroupRuleSet",
                "SecurityGroupRuleId",
                rule -> rule.id,
                SecurityGroupRuleOperations::noSuchRule,
                filters,
                rule -> fields(groupOfRule.get(rule), rule));
        return listing.describe(request, List.copyOf(groupOfRule.keySet()));
    }
}
