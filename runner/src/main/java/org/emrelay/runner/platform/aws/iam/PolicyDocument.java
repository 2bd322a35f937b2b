package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonMap;

/** Composes IAM policy documents with keys in the usual order. */
public final class PolicyDocument {
    private PolicyDocument() {}

    public static Map<String, Object> of(List<Map<String, Object>> statements) {
        return new JsonMap().with("Version", "2012-10-17").with("Statement", List.copyOf(statements));
    }

    public static Map<String, Object> allow(String sid, List<String> actions, List<String> resources) {
        return allow(sid, actions, resources, Map.of());
    }

    public static Map<String, Object> allow(
            String sid, List<String> actions, List<String> resources, Map<String, Object> condition) {
        return new JsonMap()
                .with("Sid", sid)
                .with("Effect", "Allow")
                .with("Action", actions)
                .with("Resource", resources)
                .withUnlessEmpty("Condition", condition);
    }

    /** A statement that wins over every allowing one. */
    public static Map<String, Object> deny(String sid, List<String> actions, List<String> resources) {
        return new JsonMap()
                .with("Sid", sid)
                .with("Effect", "Deny")
                .with("Action", actions)
                .with("Resource", resources);
    }

    /** A trust policy that lets an AWS service assume a role. */
    public static Map<String, Object> trust(String service, Map<String, Object> condition) {
        return of(List.of(new JsonMap()
                .with("Effect", "Allow")
                .with("Principal", Map.of("Service", service))
                .with("Action", "sts:AssumeRole")
                .withUnlessEmpty("Condition", condition)));
    }

    /** The characters that IAM gives a meaning are escaped. It takes none beyond Latin-1: a wildcard stands for them. */
    public static String escaped(String key) {
        StringBuilder escaped = new StringBuilder();
        key.codePoints().forEach(character -> {
            if (character == '*' || character == '?' || character == '$') {
                escaped.append("${").appendCodePoint(character).append('}');
            } else if (character < ' ' || character > '\u00ff') {
                escaped.append('*');
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }
}
