package org.emrelay.runner.export.cloudformation;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.ReferenceText;

/** Writes texts with references as CloudFormation's {@code Ref} and {@code Fn::Sub}. */
final class CloudFormationText implements ReferenceText.Format {
    /** A part of ARNs that CloudFormation can prepend to each subnet. IDs of subnets are unique without account and region. */
    private static final String SUBNET_ARN = "arn:*:ec2:*:*:subnet/";

    static Object of(String text) {
        return new CloudFormationText().text(ReferenceText.of(text));
    }

    @Override
    public Object text(ReferenceText text) {
        if (text.isLiteral()) {
            return text.render(literal -> literal, Reference::name);
        }
        return text.onlyReference()
                .map(CloudFormationText::value)
                .orElseGet(() -> Map.of(
                        "Fn::Sub",
                        text.render(
                                literal -> literal.replace("${", "${!"), reference -> "${" + name(reference) + "}")));
    }

    private static Object value(Reference reference) {
        String name = name(reference);
        int dot = name.indexOf('.');
        return dot < 0
                ? Map.of("Ref", name)
                : Map.of("Fn::GetAtt", List.of(name.substring(0, dot), name.substring(dot + 1)));
    }

    @Override
    public Object list(Reference reference) {
        if (reference == Reference.SUBNET_ARNS) {
            Object joined = Map.of("Fn::Join", List.of("," + SUBNET_ARN, Map.of("Ref", name(Reference.SUBNETS))));
            return Map.of("Fn::Split", List.of(",", Map.of("Fn::Join", List.of("", List.of(SUBNET_ARN, joined)))));
        }
        return Map.of("Ref", name(reference));
    }

    /** The name in a template: of a parameter, a resource or an attribute. */
    private static String name(Reference reference) {
        return switch (reference) {
            case PARTITION -> "AWS::Partition";
            case REGION -> "AWS::Region";
            case ACCOUNT -> "AWS::AccountId";
            case DEPLOYMENT -> "AWS::StackName";
            case BUCKET -> "Bucket";
            case RUN -> "Run";
            case VPC -> "Vpc";
            case SUBNETS, SUBNET_ARNS -> "Subnets";
            case SERVICE_ROLE -> "ServiceRole";
            case NODE_ROLE -> "NodeRole";
            case NODE_PROFILE -> "NodeProfile";
            case PRIMARY_GROUP -> "PrimaryGroup.GroupId";
            case CORE_GROUP -> "CoreGroup.GroupId";
            case ACCESS_GROUP -> "AccessGroup.GroupId";
            case SECURITY_CONFIGURATION -> "SecurityConfiguration";
        };
    }
}
