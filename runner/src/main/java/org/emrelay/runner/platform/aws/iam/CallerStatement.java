package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A statement of the caller's policy.
 *
 * @param condition what the statement requires of a request; empty if nothing
 * @param context the condition keys with which a request meets the condition, without those of tags
 * @param consequence what does not work without the statement
 */
public record CallerStatement(
        String sid,
        List<String> actions,
        List<String> resources,
        Map<String, Object> condition,
        Map<String, String> context,
        String consequence) {
    public CallerStatement {
        Objects.requireNonNull(sid, "sid");
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        condition = Map.copyOf(condition);
        context = Map.copyOf(context);
        Objects.requireNonNull(consequence, "consequence");
    }

    public Map<String, Object> document() {
        return PolicyDocument.allow(sid, actions, resources, condition);
    }
}
