package org.emrelay.runner.export.terraform;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.ReferenceText;
import org.emrelay.runner.export.ReferenceText.Literal;
import org.emrelay.runner.export.ReferenceText.Part;
import org.emrelay.runner.export.ReferenceText.Value;

/** Writes texts with references as Terraform's expressions, and notes which references there are. */
final class TerraformText implements ReferenceText.Format {
    private final Set<Reference> used = EnumSet.noneOf(Reference.class);

    boolean hasUsed(Reference reference) {
        return used.contains(reference);
    }

    Object of(String text) {
        return text(ReferenceText.of(text));
    }

    Object list(List<String> texts) {
        return Objects.requireNonNull(ReferenceText.replace(texts, this));
    }

    Map<String, Object> object(Map<String, ?> document) {
        return ReferenceText.replaceAll(document, this);
    }

    @Override
    public Object text(ReferenceText text) {
        if (text.isLiteral()) {
            return text.render(literal -> literal, Reference::name);
        }
        return text.onlyReference().map(this::expression).orElseGet(() -> template(text.parts()));
    }

    private HclExpression template(List<Part> parts) {
        StringBuilder template = new StringBuilder("\"");
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Literal literal) {
                template.append(HclString.escaped(literal.text(), i < parts.size() - 1));
            } else if (parts.get(i) instanceof Value value) {
                template.append("${")
                        .append(expression(value.reference()).code())
                        .append('}');
            }
        }
        return new HclExpression(template.append('"').toString());
    }

    @Override
    public Object list(Reference reference) {
        return expression(reference);
    }

    HclExpression expression(Reference reference) {
        used.add(reference);
        return new HclExpression(
                switch (reference) {
                    case PARTITION -> "data.aws_partition.current.partition";
                    case REGION -> "data.aws_region.current.name";
                    case ACCOUNT -> "data.aws_caller_identity.current.account_id";
                    case DEPLOYMENT -> "var.name";
                    case BUCKET -> "var.bucket";
                    case RUN -> "var.run_id";
                    case VPC -> "var.vpc_id";
                    case SUBNETS -> "var.subnet_ids";
                    case SUBNET_ARNS -> "local.subnet_arns";
                    case SERVICE_ROLE -> "aws_iam_role.service.name";
                    case NODE_ROLE -> "aws_iam_role.nodes.name";
                    case NODE_PROFILE -> "aws_iam_instance_profile.nodes.name";
                    case PRIMARY_GROUP -> "aws_security_group.primary.id";
                    case CORE_GROUP -> "aws_security_group.core.id";
                    case ACCESS_GROUP -> "aws_security_group.service_access.id";
                    case SECURITY_CONFIGURATION -> "aws_emr_security_configuration.this.name";
                });
    }
}
