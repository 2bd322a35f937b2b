package org.emrelay.runner.fakeaws.iam;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether identity policies allow an action, as IAM does: an explicit Deny wins, and what no statement allows
 * is denied. Knows the condition operators that our policies use.
 */
public final class PolicyEvaluator {
    /** Wildcards, and the variables that stand for their characters. */
    private static final Pattern SPECIAL = Pattern.compile("\\$\\{([*?$])}|[*?]");

    private final List<Tree> statements;

    /** @param policies policy documents of one role */
    public PolicyEvaluator(Collection<String> policies) {
        statements = policies.stream()
                .flatMap(policy -> PolicyValidator.statements(policy).stream())
                .toList();
    }

    /**
     * Whether the policies allow an action.
     *
     * @param context the condition keys of the request; an absent key fails every operator but those with IfExists and Null
     */
    public boolean allows(String action, String resource, Map<String, String> context) {
        boolean isAllowed = false;
        for (Tree statement : statements) {
            if (matchesAny(statement.texts("Action"), action, true)
                    && matchesAny(statement.texts("Resource"), resource, false)
                    && isMet(statement.tree("Condition"), context)) {
                if (statement.text("Effect", "").equals("Deny")) {
                    return false;
                }
                isAllowed = true;
            }
        }
        return isAllowed;
    }

    /** The condition keys of the statements about an action that the context lacks. */
    public List<String> missingKeys(String action, Map<String, String> context) {
        return statements.stream()
                .filter(statement -> matchesAny(statement.texts("Action"), action, true))
                .map(statement -> statement.tree("Condition"))
                .flatMap(condition -> condition.fields().keySet().stream().map(condition::tree))
                .flatMap(keys -> keys.fields().keySet().stream())
                .filter(key -> !context.containsKey(key))
                .distinct()
                .toList();
    }

    private static boolean isMet(Tree condition, Map<String, String> context) {
        return condition.fields().keySet().stream()
                .allMatch(operator -> condition.tree(operator).fields().keySet().stream()
                        .allMatch(
                                key -> isMet(operator, condition.tree(operator).texts(key), context.get(key))));
    }

    private static boolean isMet(String operator, List<String> wanted, @Nullable String actual) {
        return switch (operator) {
            case "StringEquals", "ForAnyValue:StringEquals", "Bool" -> actual != null && wanted.contains(actual);
            case "StringLike" -> actual != null && matchesAny(wanted, actual, false);
            case "StringEqualsIfExists" -> actual == null || wanted.contains(actual);
            case "StringLikeIfExists" -> actual == null || matchesAny(wanted, actual, false);
            case "Null" -> wanted.contains(String.valueOf(actual == null));
            default -> throw new IllegalArgumentException("unknown condition operator " + operator);
        };
    }

    private static boolean matchesAny(List<String> patterns, String value, boolean ignoringCase) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.compile(
                                regex(pattern), Pattern.DOTALL | (ignoringCase ? Pattern.CASE_INSENSITIVE : 0))
                        .matcher(value)
                        .matches());
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        Matcher special = SPECIAL.matcher(pattern);
        int end = 0;
        for (; special.find(); end = special.end()) {
            regex.append(Pattern.quote(pattern.substring(end, special.start())));
            if (special.group(1) != null) {
                regex.append(Pattern.quote(special.group(1)));
            } else {
                regex.append(special.group().equals("*") ? ".*" : ".");
            }
        }
        return regex + Pattern.quote(pattern.substring(end));
    }
}
