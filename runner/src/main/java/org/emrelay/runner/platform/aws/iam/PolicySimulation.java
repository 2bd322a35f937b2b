package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;

/**
 * Asks IAM what the policies of a user or role allow.
 *
 * <p>The answer includes permissions boundaries, but neither resource policies nor all policies of the organization.
 */
public record PolicySimulation(AwsContext aws, String principalArn) {
    public PolicySimulation {
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(principalArn, "principalArn");
    }

    /**
     * An action that the policies do not allow.
     *
     * @param missingKeys condition keys in the policies that the simulation had no value for
     */
    public record Denial(String action, List<String> missingKeys) {
        public Denial {
            Objects.requireNonNull(action, "action");
            missingKeys = List.copyOf(missingKeys);
        }
    }

    /** Returns the actions that are not allowed on all resources. An action may occur once for each resource. */
    public List<Denial> denials(List<String> actions, List<String> resources, Map<String, String> context) {
        try {
            return simulate(actions, resources, context);
        } catch (AwsException fault) {
            if (!fault.code().equals("InvalidInput") || actions.size() == 1) {
                throw fault;
            }
            // IAM refuses to simulate some actions together, and does not document which.
            int middle = actions.size() / 2;
            return Stream.of(actions.subList(0, middle), actions.subList(middle, actions.size()))
                    .flatMap(half -> denials(half, resources, context).stream())
                    .toList();
        }
    }

    private List<Denial> simulate(List<String> actions, List<String> resources, Map<String, String> context) {
        List<ContextEntry> entries = context.entrySet().stream()
                .map(entry -> ContextEntry.builder()
                        .contextKeyName(entry.getKey())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .contextKeyValues(entry.getValue())
                        .build())
                .toList();
        return AwsContext.pages(
                        aws.iam()
                                .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(principalArn)
                                        .actionNames(actions)
                                        .resourceArns(resources)
                                        .contextEntries(entries)),
                        page -> aws.callBriefly("simulate the policies of " + principalArn, page))
                .flatMap(page -> page.evaluationResults().stream())
                .filter(result -> !isAllowed(result))
                .map(result -> new Denial(result.evalActionName(), missingKeys(result)))
                .toList();
    }

    private static boolean isAllowed(EvaluationResult result) {
        return result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED
                && result.resourceSpecificResults().stream()
                        .allMatch(each -> each.evalResourceDecision() == PolicyEvaluationDecisionType.ALLOWED);
    }

    private static List<String> missingKeys(EvaluationResult result) {
        return Stream.concat(
                        result.missingContextValues().stream(),
                        result.resourceSpecificResults().stream()
                                .map(ResourceSpecificResult::missingContextValues)
                                .flatMap(List::stream))
                .distinct()
                .toList();
    }
}
