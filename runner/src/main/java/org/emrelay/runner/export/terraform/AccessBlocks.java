package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.ExportedPipeline.NodeRole;
import org.emrelay.runner.export.ExportedPipeline.Resources;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.StepAccessPolicy;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;

/** The roles, the instance profile and the security configuration of a cluster. */
final class AccessBlocks {
    private static final String ROLE = "aws_iam_role";
    private static final String POLICY = "aws_iam_role_policy";
    private static final String ATTACHMENT = "aws_iam_role_policy_attachment";
    private static final String NODES = "nodes";

    private final TerraformText text;
    private final List<HclBlock> blocks = new ArrayList<>();
    private final List<String> prerequisites;

    private AccessBlocks(TerraformText text, List<String> prerequisites) {
        this.text = text;
        this.prerequisites = prerequisites;
    }

    /** @param prerequisites gets the addresses of the resources that the cluster needs and does not refer to */
    static List<HclBlock> of(Resources resources, List<String> prerequisites, TerraformText text) {
        AccessBlocks access = new AccessBlocks(text, prerequisites);
        resources.serviceRole().ifPresent(role -> access.addRole("service", role));
        resources.nodeRole().ifPresent(access::addNodeRole);
        resources.securityConfiguration().ifPresent(access::addSecurityConfiguration);
        return access.blocks;
    }

    private void addRole(String name, RoleSpec role) {
        blocks.add(HclBlock.resource(ROLE, name)
                .with("name", text.of(Reference.DEPLOYMENT.token() + "-" + name))
                .with("assume_role_policy", document(role.trustPolicy()))
                .with("permissions_boundary", role.permissionsBoundary())
                .withUnlessEmpty("tags", text.object(role.tags())));
        addPolicy(name, name, RoleSpec.INLINE_POLICY_NAME, role.inlinePolicy());
        if (!role.managedPolicies().isEmpty()) {
            blocks.add(HclBlock.resource(ATTACHMENT, name)
                    .with("for_each", new HclCall("toset", text.list(role.managedPolicies())))
                    .with("role", new HclExpression(ROLE + "." + name + ".name"))
                    .with("policy_arn", new HclExpression("each.value")));
            prerequisites.add(ATTACHMENT + "." + name);
        }
    }

    private void addPolicy(String name, String role, String policyName, Map<String, Object> document) {
        blocks.add(HclBlock.resource(POLICY, name)
                .with("name", policyName)
                .with("role", new HclExpression(ROLE + "." + role + ".name"))
                .with("policy", document(document)));
        prerequisites.add(POLICY + "." + name);
    }

    private HclCall document(Map<String, Object> document) {
        return HclCall.jsonencode(text.object(document));
    }

    private void addNodeRole(NodeRole node) {
        addRole(NODES, node.role());
        if (!node.stepAccess().isEmpty()) {
            addPolicy("steps", NODES, StepAccessPolicy.NAME, node.stepAccess());
        }
        blocks.add(HclBlock.resource("aws_iam_instance_profile", NODES)
                .comment("EMR requires the name of the role.")
                .with("name", new HclExpression(ROLE + "." + NODES + ".name"))
                .with("role", new HclExpression(ROLE + "." + NODES + ".name"))
                .withUnlessEmpty("tags", text.object(node.role().tags())));
    }

    private void addSecurityConfiguration(SecurityConfigurationSpec specification) {
        blocks.add(HclBlock.resource("aws_emr_security_configuration", "this")
                .with("name", text.expression(Reference.DEPLOYMENT))
                .with("configuration", document(specification.document())));
    }
}
