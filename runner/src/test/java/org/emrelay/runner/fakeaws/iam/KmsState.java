package org.emrelay.runner.fakeaws.iam;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;

/**
 * The customer managed KMS keys, and who may use them. A key of this account has the default key policy, which leaves the decision to
 * the policies of its users. The policy of a key of another account does not name this one.
 */
public final class KmsState {
    private final AccountIdentity identity;

    /** Key ARNs by alias ARN. */
    private final Map<String, String> aliases = new TreeMap<>();

    KmsState(AccountIdentity identity) {
        this.identity = identity;
    }

    /** Adds an alias such as {@code alias/company} to a key of this account. */
    public void addAlias(String alias, String keyId) {
        aliases.put(identity.arn("kms", alias), identity.arn("kms", "key/" + keyId));
    }

    /**
     * What KMS answers a role that uses a key; empty if it may.
     *
     * @param key the ARN, id or alias of a key; AWS managed keys are open to all users of their service
     * @param context condition keys of the request
     */
    public Optional<String> denial(Role role, String action, String key, Map<String, String> context) {
        if (key.isEmpty() || key.startsWith("alias/aws/") || key.contains(":alias/aws/")) {
            return Optional.empty();
        }
        String arn = keyArn(key);
        boolean isOwn = arn.contains(":" + identity.accountId() + ":");
        boolean isAllowed = isOwn && aliasesOf(arn).anyMatch(alias -> isAllowed(role, action, arn, context, alias));
        return isAllowed
                ? Optional.empty()
                : Optional.of("User: " + role.arn().replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
                        + "/i-0a1b2c3d4e5f60718 is not authorized to perform: " + action + " on resource: " + arn
                        + " because no " + (isOwn ? "identity" : "resource") + "-based policy allows the " + action
                        + " action");
    }

    private static boolean isAllowed(Role role, String action, String arn, Map<String, String> context, String alias) {
        Map<String, String> withAlias = new TreeMap<>(context);
        withAlias.put("kms:ResourceAliases", alias);
        return new PolicyEvaluator(role.inlinePolicies.values()).allows(action, arn, withAlias);
    }

    /** The names of a key's aliases; an empty one for none. */
    private Stream<String> aliasesOf(String arn) {
        return Stream.concat(
                Stream.of(""),
                aliases.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(arn))
                        .map(alias -> alias.getKey().substring(alias.getKey().indexOf(":alias/") + 1)));
    }

    /** Ids and aliases without an account are resolved in that of the caller. */
    private String keyArn(String key) {
        String arn = key.startsWith("arn:") ? key : identity.arn("kms", key.startsWith("alias/") ? key : "key/" + key);
        return arn.contains(":alias/") ? Objects.requireNonNull(aliases.get(arn), arn) : arn;
    }
}
