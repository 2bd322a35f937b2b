package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;
import org.jspecify.annotations.Nullable;

/** The principal that makes the calls. It may do everything, unless a test restricts it. */
public final class Caller {
    private final AccountIdentity identity;
    private final Set<String> usedActions = new TreeSet<>();
    private String arn;
    private String policySourceArn;
    private @Nullable PolicyEvaluator policies;
    private boolean simulatesEachResource;

    /** The user {@code tester}. */
    public Caller(AccountIdentity identity) {
        this.identity = identity;
        this.arn = identity.iamArn("user/tester");
        this.policySourceArn = arn;
    }

    /** The ARN that STS returns. */
    public String arn() {
        return arn;
    }

    /** Whether IAM knows a user or role by this ARN, with the policies of the caller. */
    boolean hasPolicySource(String userOrRoleArn) {
        return policySourceArn.equals(userOrRoleArn);
    }

    /** Makes all calls with a session of this role. STS omits the path of a role. */
    public void assume(Role role) {
        arn = identity.stsArn("assumed-role/" + role.name + "/session");
        policySourceArn = role.arn;
    }

    /** Makes all calls as a principal that has no policies to simulate, such as {@code root}. */
    public void become(String principalArn) {
        arn = principalArn;
        policySourceArn = "";
    }

    /** Restricts the caller to what these policies allow. */
    public void restrictTo(String... documents) {
        for (String document : documents) {
            PolicyValidator.validateIdentityPolicy(document);
        }
        policies = new PolicyEvaluator(List.of(documents));
    }

    /**
     * Makes simulations answer for each resource by itself. AWS does not document whether several resources give one result with
     * a part for each of them, or several results.
     */
    public void simulateEachResource() {
        simulatesEachResource = true;
    }

    boolean simulatesEachResource() {
        return simulatesEachResource;
    }

    public boolean isRestricted() {
        return policies != null;
    }

    boolean may(String action, String resource, Map<String, String> context) {
        return policies == null || policies.allows(action, resource, context);
    }

    List<String> missingKeys(String action, Map<String, String> context) {
        return policies == null ? List.of() : policies.missingKeys(action, context);
    }

    /** The actions that a restricted caller has used. */
    public Set<String> usedActions() {
        return Set.copyOf(usedActions);
    }

    /** The error of a call for which the caller lacks a permission; empty if it may make the call. */
    public Optional<AwsError> denial(String service, String region, List<RequiredPermission> required) {
        String requestedRegion = service.equals("iam") ? identity.iamRegion() : region;
        required.forEach(permission -> usedActions.add(permission.action()));
        return required.stream()
                .filter(permission ->
                        !may(permission.action(), permission.resource(), permission.contextIn(requestedRegion)))
                .findFirst()
                .map(missing -> CommonErrors.denied(service, arn, missing.action(), missing.resource()));
    }
}
