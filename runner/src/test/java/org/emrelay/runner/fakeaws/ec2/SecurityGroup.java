package org.emrelay.runner.fakeaws.ec2;

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
    final List<Rule> rules = new ArrayList<>();

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

    /** Each rule in a line: {@code in from sg-1, TCP 8443–8443 …}. */
    public List<String> ruleSentences() {
        return rules.stream()
                .map(rule ->
                        (rule.egress ? "out " : "in ") + rule.permission.sentence() + (rule.byEmr ? " (by EMR)" : ""))
                .sorted()
                .toList();
    }

    /** What EMR's block public access refuses: all the world may come in, other than by SSH. */
    public boolean opensToEveryone() {
        return rules.stream()
                .filter(rule -> !rule.egress)
                .map(rule -> rule.permission)
                .filter(permission -> permission.peer().matches("0\\.0\\.0\\.0/0|::/0"))
                .anyMatch(permission -> permission.from() != 22 || permission.to() != 22);
    }

    /** Whether machines of that group may come in by TCP at this port. */
    public boolean letsIn(String group, int port) {
        return rules.stream()
                .filter(rule -> !rule.egress)
                .map(rule -> rule.permission)
                .filter(permission -> permission.isOfGroup(group))
                .anyMatch(permission -> permission.protocol().equals("-1")
                        || (permission.protocol().equals("tcp")
                                && permission.from() <= port
                                && port <= permission.to()));
    }

    boolean refersTo(String group) {
        return rules.stream().anyMatch(rule -> rule.permission.isOfGroup(group));
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
        List<String> own = rules.stream()
                .filter(rule -> !rule.byEmr)
                .map(rule -> rule.egress + rule.permission.sentence())
                .sorted()
                .toList();
        return tags + "" + own;
    }
}
