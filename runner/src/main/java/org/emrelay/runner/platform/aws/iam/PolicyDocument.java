package org.emrelay.runner.platform.aws.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Composes IAM policy documents with keys in the usual order. */
public final class PolicyDocument {
    private PolicyDocument() {}

    public static Map<String, Object> of(List<Map<String, Object>> statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", List.copyOf(statements));
        return document;
    }

    public static Map<String, Object> allow(String sid, List<String> actions, List<String> resources) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", sid);
        statement.put("Effect", "Allow");
        statement.put("Action", actions);
        statement.put("Resource", resources);
        return statement;
    }

    public static Map<String, Object> allow(
            String sid, List<String> actions, List<String> resources, Map<String, Object> condition) {
        Map<String, Object> statement = allow(sid, actions, resources);
        statement.put("Condition", condition);
        return statement;
    }

    /** A trust policy that lets an AWS service assume a role. */
    public static Map<String, Object> trust(String service, Map<String, Object> condition) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("Service", service));
        statement.put("Action", "sts:AssumeRole");
        if (!condition.isEmpty()) {
            statement.put("Condition", condition);
        }
        return of(List.of(statement));
    }
}
