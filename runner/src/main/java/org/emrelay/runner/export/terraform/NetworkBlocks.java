package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Purpose;

/** The security groups of a cluster, and the rules that EMR does not add itself. */
final class NetworkBlocks {
    private static final String GROUP = "aws_security_group";
    private static final String INGRESS = "aws_vpc_security_group_ingress_rule";
    private static final String EGRESS = "aws_vpc_security_group_egress_rule";
    private static final String FROM_PORT = "from_port";
    private static final String TO_PORT = "to_port";
    private static final String PROTOCOL = "ip_protocol";
    private static final String DESCRIPTION = "description";
    private static final String REFERENCED_GROUP = "referenced_security_group_id";

    private final TerraformText text;
    private final List<HclBlock> blocks = new ArrayList<>();
    private final List<String> prerequisites;

    private NetworkBlocks(TerraformText text, List<String> prerequisites) {
        this.text = text;
        this.prerequisites = prerequisites;
    }

    /** @param prerequisites gets the addresses of the resources that the cluster needs and does not refer to */
    static List<HclBlock> of(List<SecurityGroupSpec> groups, List<String> prerequisites, TerraformText text) {
        NetworkBlocks network = new NetworkBlocks(text, prerequisites);
        groups.forEach(network::addGroup);
        groups.forEach(group -> network.addRules(group.purpose()));
        return network.blocks;
    }

    private static String name(Purpose purpose) {
        return switch (purpose) {
            case PRIMARY -> "primary";
            case CORE -> "core";
            case SERVICE_ACCESS -> "service_access";
        };
    }

    private void addGroup(SecurityGroupSpec group) {
        String name = name(group.purpose());
        blocks.add(HclBlock.resource(GROUP, name)
                .with("name", text.of(Reference.DEPLOYMENT.token() + "-" + name.replace('_', '-')))
                .with(DESCRIPTION, text.of(group.description()))
                .with("vpc_id", text.expression(Reference.VPC))
                .withUnlessEmpty("tags", text.object(group.tags()))
                .comment("EMR adds rules by which the groups refer to one another.")
                .with("revoke_rules_on_delete", true));
    }

    private void addRules(Purpose purpose) {
        String name = name(purpose);
        if (purpose == Purpose.SERVICE_ACCESS) {
            int toEmr = SecurityGroupSpec.PRIMARY_TO_EMR_PORT;
            int toNodes = SecurityGroupSpec.EMR_TO_NODES_PORT;
            addRule(INGRESS, name, name, "The primary node to EMR")
                    .with(REFERENCED_GROUP, id(Reference.PRIMARY_GROUP))
                    .with(FROM_PORT, toEmr)
                    .with(TO_PORT, toEmr)
                    .with(PROTOCOL, "tcp");
            addRule(EGRESS, "service_access_to_primary", name, "EMR to the primary node")
                    .with(REFERENCED_GROUP, id(Reference.PRIMARY_GROUP))
                    .with(FROM_PORT, toNodes)
                    .with(TO_PORT, toNodes)
                    .with(PROTOCOL, "tcp");
            addRule(EGRESS, "service_access_to_core", name, "EMR to the core and task nodes")
                    .with(REFERENCED_GROUP, id(Reference.CORE_GROUP))
                    .with(FROM_PORT, toNodes)
                    .with(TO_PORT, toNodes)
                    .with(PROTOCOL, "tcp");
        } else {
            // Terraform revokes the rule that EC2 adds to every new group.
            addRule(EGRESS, name, name, "The nodes to S3 and other services")
                    .with("cidr_ipv4", "0.0.0.0/0")
                    .with(PROTOCOL, "-1");
        }
    }

    private HclBlock addRule(String type, String name, String group, String description) {
        HclBlock rule = HclBlock.resource(type, name)
                .with(DESCRIPTION, description)
                .with("security_group_id", new HclExpression(GROUP + "." + group + ".id"));
        blocks.add(rule);
        prerequisites.add(type + "." + name);
        return rule;
    }

    private HclExpression id(Reference group) {
        return text.expression(group);
    }
}
