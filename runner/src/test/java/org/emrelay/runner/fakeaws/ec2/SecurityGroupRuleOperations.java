package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The rules inside security groups. */
final class SecurityGroupRuleOperations {
    private static final int MOST_RULES = 60;

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
        List<Rule> added = new ArrayList<>();
        for (Permission.Described described : asked(request)) {
            Permission permission = described.permission();
            if (permission.kind() == Permission.Kind.GROUP) {
                ec2.group(permission.peer());
            }
            if (group.rules.stream().anyMatch(rule -> rule.egress == egress && rule.permission.equals(permission))) {
                throw new AwsError(
                        400,
                        "InvalidPermission.Duplicate",
                        "the specified rule \"" + permission.sentence() + "\" already exists");
            }
            Rule rule = new Rule(ec2.identifiers.ec2("sgr"), egress, permission, described.description(), false);
            rule.tags.putAll(Tags.specified(request, "security-group-rule"));
            added.add(rule);
        }
        if (group.rules.stream().filter(rule -> rule.egress == egress).count() + added.size() > MOST_RULES) {
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

    private static List<Permission.Described> asked(Tree request) {
        List<Permission.Described> asked = Permission.of(request);
        if (asked.isEmpty()) {
            throw new AwsError(400, "MissingParameter", "The request must contain the parameter ipPermissions");
        }
        return asked;
    }

    private Fields fields(SecurityGroup group, Rule rule) {
        return rule.fields(ec2.owner.account(), group.id, ec2.owner.arn("ec2", "security-group-rule/" + rule.id));
    }

    private Fields revoke(Tree request, boolean egress) {
        SecurityGroup group = ec2.group(request.text("GroupId", ""));
        List<Rule> revoked = new ArrayList<>();
        for (String id : request.texts("SecurityGroupRuleId")) {
            revoked.add(group.rules.stream()
                    .filter(rule -> rule.id.equals(id) && rule.egress == egress)
                    .findFirst()
                    .orElseThrow(() -> noSuchRule(id)));
        }
        if (revoked.isEmpty()) {
            for (Permission.Described described : asked(request)) {
                revoked.add(group.rules.stream()
                        .filter(rule -> rule.egress == egress && rule.permission.equals(described.permission()))
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
                        revoked.stream().map(rule -> rule.revoked(group.id)).toList());
    }

    private static AwsError noSuchRule(String id) {
        return new AwsError(
                400, "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '" + id + "' does not exist");
    }

    private Fields describe(Tree request) {
        Map<Rule, SecurityGroup> all = new LinkedHashMap<>();
        ec2.groups.values().forEach(group -> group.rules.forEach(rule -> all.put(rule, group)));
        Filters<Rule> filters = new Filters<Rule>(rule -> rule.tags)
                .on("group-id", rule -> all.get(rule).id)
                .on("security-group-rule-id", rule -> rule.id);
        Listing<Rule> listing = new Listing<>(
                "securityGroupRuleSet",
                "SecurityGroupRuleId",
                rule -> rule.id,
                SecurityGroupRuleOperations::noSuchRule,
                filters,
                rule -> fields(all.get(rule), rule));
        return listing.of(request, List.copyOf(all.keySet()));
    }
}
