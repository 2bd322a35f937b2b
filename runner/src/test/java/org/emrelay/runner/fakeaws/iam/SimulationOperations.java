package org.emrelay.runner.fakeaws.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Simulates the policies of the caller. */
final class SimulationOperations {
    /** AWS does not document which actions cannot be simulated together; these stand for them. */
    private static final Set<String> SIMULATED_APART =
            Set.of("elasticmapreduce:ListSupportedInstanceTypes", "s3:PutBucketPublicAccessBlock");

    /** IAM may return fewer results than requested, even if there are more. */
    private static final int PAGE_SIZE = 5;

    private final Caller caller;

    SimulationOperations(Caller caller) {
        this.caller = caller;
    }

    void addTo(Operations operations) {
        operations.add("SimulatePrincipalPolicy", this::simulate);
    }

    private Fields simulate(Tree request) {
        checkPolicySource(request.text("PolicySourceArn", ""));
        List<String> actions = request.texts("ActionNames");
        checkActions(actions);
        List<String> resources = request.has("ResourceArns") ? request.texts("ResourceArns") : List.of("*");
        Map<String, String> context = context(request);
        List<Fields> all = actions.stream()
                .flatMap(action -> results(action, resources, context))
                .toList();
        Page<Fields> page = Page.of(all, request.text("Marker"), Math.min(PAGE_SIZE, IamValidation.pageSize(request)));
        return Fields.of("EvaluationResults", page.elements())
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }

    private void checkPolicySource(String arn) {
        if (!arn.matches("arn:[a-z-]+:iam::\\d{12}:(user|group|role)/.+")) {
            throw invalidInput("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
        }
        if (!caller.hasPolicySource(arn)) {
            throw new AwsError(404, "NoSuchEntity", "The entity " + arn + " cannot be found.");
        }
    }

    private static void checkActions(List<String> actions) {
        if (actions.isEmpty()) {
            throw invalidInput("Action names must be specified.");
        }
        Map<Boolean, List<String>> parts =
                actions.stream().collect(Collectors.partitioningBy(SIMULATED_APART::contains));
        if (parts.values().stream().noneMatch(List::isEmpty)) {
            throw invalidInput("Invalid Input Actions: " + parts.get(false) + " and " + parts.get(true)
                    + " require different authorization information.");
        }
    }

    private static AwsError invalidInput(String message) {
        return new AwsError(400, "InvalidInput", message);
    }

    private static Map<String, String> context(Tree request) {
        Map<String, String> context = new LinkedHashMap<>();
        for (Tree entry : request.trees("ContextEntries")) {
            context.put(entry.text("ContextKeyName", ""), String.join(",", entry.texts("ContextKeyValues")));
        }
        return context;
    }

    private Stream<Fields> results(String action, List<String> resources, Map<String, String> context) {
        return caller.simulatesEachResource()
                ? resources.stream().map(resource -> result(action, List.of(resource), context))
                : Stream.of(result(action, resources, context));
    }

    /** With several resources, each has a part of its own, and the action is allowed if it is on all. */
    private Fields result(String action, List<String> resources, Map<String, String> context) {
        List<String> missingKeys = caller.missingKeys(action, context);
        List<Fields> byResource = new ArrayList<>();
        for (String resource : resources) {
            byResource.add(Fields.of("EvalResourceName", resource)
                    .and("EvalResourceDecision", decision(caller.may(action, resource, context)))
                    .and("MissingContextValues", missingKeys));
        }
        boolean isAllowed = resources.stream().allMatch(resource -> caller.may(action, resource, context));
        Fields result = Fields.of("EvalActionName", action)
                .and("EvalDecision", decision(isAllowed))
                .and("EvalResourceName", resources.size() == 1 ? resources.get(0) : "*");
        return resources.size() == 1
                ? result.and("MissingContextValues", missingKeys)
                : result.and("ResourceSpecificResults", byResource);
    }

    private static String decision(boolean isAllowed) {
        return isAllowed ? "allowed" : "implicitDeny";
    }
}
