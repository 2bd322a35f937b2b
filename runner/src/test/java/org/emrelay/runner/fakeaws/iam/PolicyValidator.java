package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.JsonTrees;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Validates policy documents with IAM's own error messages. */
public final class PolicyValidator {
    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+");
    private static final Pattern ACTION = Pattern.compile("\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+");
    private static final List<String> KEYS = List.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");

    private PolicyValidator() {}

    static void validateTrustPolicy(String document) {
        for (Tree statement : statements(document)) {
            if (statement.has("Resource") || statement.has("NotResource")) {
                throw malformed("Has prohibited field Resource");
            }
            if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
                throw malformed("Missing required field Principal");
            }
            for (String service : statement.tree("Principal").texts("Service")) {
                if (!service.endsWith(".amazonaws.com") && !service.endsWith(".amazonaws.com.cn")) {
                    throw malformed("Invalid principal in policy: \"SERVICE\":\"" + service + "\"");
                }
            }
            checkActions(statement);
        }
    }

    static void validateIdentityPolicy(String document) {
        for (Tree statement : statements(document)) {
            if (statement.has("Principal") || statement.has("NotPrincipal")) {
                throw malformed("Policy document should not specify a principal.");
            }
            checkActions(statement);
            checkResources(statement);
        }
    }

    /** The statements of a policy of any kind. Throws if the document is malformed. */
    public static List<Tree> statements(String document) {
        Tree policy;
        try {
            policy = JsonTrees.read(document);
        } catch (AwsError notJson) {
            throw malformed("This policy contains invalid Json");
        }
        String version = policy.text("Version", "2008-10-17");
        List<Tree> statements = policy.trees("Statement");
        if (!version.matches("2012-10-17|2008-10-17") || statements.isEmpty()) {
            throw malformed("Syntax errors in policy.");
        }
        for (Tree statement : statements) {
            boolean validEffect = statement.text("Effect", "").matches("Allow|Deny");
            if (!validEffect || !KEYS.containsAll(statement.fields().keySet())) {
                throw malformed("Syntax errors in policy.");
            }
        }
        List<String> sids =
                statements.stream().flatMap(each -> each.texts("Sid").stream()).toList();
        if (sids.stream().distinct().count() < sids.size()) {
            throw malformed("Statement IDs (SID) in a single policy must be unique.");
        }
        if (!sids.stream().allMatch(sid -> sid.matches("[a-zA-Z0-9]*"))) {
            throw malformed("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
                    + " expression [0-9A-Za-z]*");
        }
        return statements;
    }

    private static void checkActions(Tree statement) {
        List<String> actions = statement.texts(statement.has("Action") ? "Action" : "NotAction");
        if (actions.isEmpty()) {
            throw malformed("Policy statement must contain actions.");
        }
        for (String action : actions) {
            if (!ACTION.matcher(action).matches()) {
                throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
            }
        }
    }

    private static void checkResources(Tree statement) {
        List<String> resources = statement.texts(statement.has("Resource") ? "Resource" : "NotResource");
        if (resources.isEmpty()) {
            throw malformed("Policy statement must contain resources.");
        }
        for (String resource : resources) {
            if (!RESOURCE.matcher(resource).matches()) {
                throw malformed("Resource " + resource + " must be in ARN format or \"*\".");
            }
        }
    }

    private static AwsError malformed(String message) {
        return new AwsError(400, "MalformedPolicyDocument", message);
    }
}
