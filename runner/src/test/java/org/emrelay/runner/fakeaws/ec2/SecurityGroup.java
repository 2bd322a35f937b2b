package org.emrelay.runner.fakeaws.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;

/** A security group with its rules. */
public final class SecurityGroup {
    final String id;
    final String name;
    final String description;
    final String vpc;
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<SecurityGroupRule> rules = new ArrayList<>();

    /** Long ago, unless a call created the group. */
    Instant createdAt = Instant.EPOCH;

    SecurityGroup(String id, String name, String description, String vpc) {
        this.id = id;
        this.name = name;
        this.description = description;
        this.vpc = vpc;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String vpc() {
        return vpc;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** One line per rule: {@code in peer: sg-1, TCP, from port: 8443, to port: 8443, ALLOW}. */
    public List<String> ruleTexts() {
        return rules.stream()
                .map(rule ->
                        (rule.egress ? "out " : "in ") + rule.permission.text() + (rule.addedByEmr ? " (by EMR)" : ""))
                .sorted()
                .toList();
    }

    /** Whether EMR's block public access rejects the group: public ingress on any port but SSH. */
    public boolean allowsPublicIngress() {
        return rules.stream()
                .filter(rule -> !rule.egress)
                .map(rule -> rule.permission)
                .filter(permission -> permission.peer().matches("0\\.0\\.0\\.0/0|::/0"))
                .anyMatch(permission -> permission.from() != 22 || permission.to() != 22);
    }

    /** Whether the group allows TCP ingress from another group on a port. */
    public boolean allowsTcpFrom(String group, int port) {
        return rules.stream()
                .filter(rule -> !rule.egress)
                .map(rule -> rule.permission)
                .filter(permission -> permission.allowsGroup(group))
                .anyMatch(permission -> permission.protocol().equals("-1")
                        || (permission.protocol().equals("tcp")
                                && permission.from() <= port
                                && port <= permission.to()));
    }

    boolean references(String group) {
        return rules.stream().anyMatch(rule -> rule.permission.allowsGroup(group));
    }

    Fields fields(String account, String arn) {
        return Fields.of("groupId", id)
                .and("groupName", name)
                .and("groupDescription", description)
                .and("vpcId", vpc)
                .and("ownerId", account)
                .and("securityGroupArn", arn)
                .and("ipPermissions", permissions(account, false))
                .and("ipPermissionsEgress", permissions(account, true))
                .and("tagSet", Fields.tags(tags, "key", "value"));
    }

    private List<Fields> permissions(String account, boolean egress) {
        return rules.stream()
                .filter(rule -> rule.egress == egress)
                .map(rule -> rule.permission.fields(account, rule.description))
                .toList();
    }

    String fingerprint() {
        List<String> ownRules = rules.stream()
                .filter(rule -> !rule.addedByEmr)
                .map(rule -> rule.egress + rule.permission.text())
                .sorted()
                .toList();
        return tags + "" + ownRules;
    }
}
