package org.emrelay.runner.fakeaws.iam;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.IdGenerator;

/** The account's IAM resources and their propagation delay to other services. */
public final class IamState {
    private static final Duration MAX_POLICY_DELAY = Duration.ofSeconds(30);

    final AccountIdentity identity;
    final Clock clock;
    final IdGenerator ids;
    final Map<String, Role> roles = new TreeMap<>();
    final Map<String, InstanceProfile> profiles = new TreeMap<>();
    final Set<String> policies = new TreeSet<>();
    private final KmsState kms;
    private Duration propagationDelay = Duration.ofSeconds(10);
    private Duration readLag = Duration.ZERO;
    private ToLongFunction<Role> policyDelayMillis = seeded(10);

    public IamState(AccountIdentity identity, Clock clock, IdGenerator ids) {
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
        this.kms = new KmsState(identity);
    }

    public KmsState kms() {
        return kms;
    }

    public Map<String, Role> roles() {
        return roles;
    }

    public Map<String, InstanceProfile> profiles() {
        return profiles;
    }

    /** How long EMR does not see a new role, instance profile or role in a profile: IAM is eventually consistent. */
    public void setPropagationDelay(Duration delay) {
        propagationDelay = delay;
    }

    /**
     * Draws how long EMR does not see the first policy of a new role: up to 30 s. RunJobFlow accepts such a role, and the
     * cluster is refused later.
     */
    public void seedPolicyDelay(long seed) {
        policyDelayMillis = seeded(seed);
    }

    /** How long EMR does not see the first policy of a new role. */
    public void setPolicyDelay(Duration delay) {
        policyDelayMillis = role -> delay.toMillis();
    }

    private static ToLongFunction<Role> seeded(long seed) {
        return role -> new Random(seed * 31 + role.name.hashCode()).nextLong(MAX_POLICY_DELAY.toMillis() + 1);
    }

    Role role(String name) {
        Role role = roles.get(name);
        if (role == null || !isReadable(role.createdAt)) {
            throw new AwsError(404, "NoSuchEntity", "The role with name " + name + " cannot be found.");
        }
        return role;
    }

    InstanceProfile profile(String name) {
        InstanceProfile profile = profiles.get(name);
        if (profile == null || !isReadable(profile.createdAt)) {
            throw new AwsError(404, "NoSuchEntity", "Instance Profile " + name + " cannot be found.");
        }
        return profile;
    }

    /** The role by name or ARN, if it has propagated to other services. */
    public Optional<Role> propagatedRole(String nameOrArn) {
        return Optional.ofNullable(roles.get(lastSegment(nameOrArn))).filter(role -> isPropagated(role.createdAt));
    }

    public Optional<InstanceProfile> propagatedProfile(String nameOrArn) {
        return Optional.ofNullable(profiles.get(lastSegment(nameOrArn)))
                .filter(profile -> isPropagated(profile.createdAt));
    }

    public boolean isRolePropagatedIn(InstanceProfile profile) {
        return profile.role != null && isPropagated(profile.roleAddedAt) && isPropagated(profile.role.createdAt);
    }

    /** Whether EMR sees the permissions of a role at a time. */
    public boolean arePoliciesPropagated(Role role, Instant at) {
        return !role.hasNoPolicies()
                && (role.empoweredAt.equals(Instant.MIN)
                        || !at.isBefore(role.empoweredAt.plusMillis(policyDelayMillis.applyAsLong(role))));
    }

    /** How long IAM itself does not find a new role or instance profile by name. */
    public void setReadLag(Duration lag) {
        readLag = lag;
    }

    private boolean isReadable(Instant createdAt) {
        return !clock.instant().isBefore(createdAt.plus(readLag));
    }

    private boolean isPropagated(Instant since) {
        return since.equals(Instant.MIN) || !clock.instant().isBefore(since.plus(propagationDelay));
    }

    private static String lastSegment(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    /** Every resource with its mutable content. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        roles.forEach((name, role) -> inventory.put("iam role " + name, role.fingerprint()));
        profiles.forEach((name, profile) -> inventory.put("iam instance profile " + name, profile.fingerprint()));
        return inventory;
    }

    /** Adds a propagated role with a policy attached. */
    public Role addPropagatedRole(String name, String servicePrincipal) {
        String trustPolicy =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                        + servicePrincipal + "\"},\"Action\":\"sts:AssumeRole\"}]}";
        String arn = identity.iamArn("role/" + name);
        Role role = new Role(name, "/", ids.iamId("AROA"), arn, longAgo(), trustPolicy, null, null, 3600);
        role.attachedPolicies.add(awsPolicy("AmazonS3ReadOnlyAccess"));
        roles.put(name, role);
        return role;
    }

    /** Adds a propagated role that people assume, with a path such as {@code /teams/}. */
    public Role addRoleWithPath(String path, String name) {
        String arn = identity.iamArn("role" + path + name);
        Role role = new Role(name, path, ids.iamId("AROA"), arn, longAgo(), "{}", null, null, 3600);
        roles.put(name, role);
        return role;
    }

    /** Adds a propagated role for EMR. */
    public Role addServiceRole(String name) {
        return addPropagatedRole(name, identity.principal("elasticmapreduce"));
    }

    /** Adds a propagated instance profile with a role of the same name. */
    public InstanceProfile addPropagatedProfile(String name) {
        String arn = identity.iamArn("instance-profile/" + name);
        InstanceProfile profile = new InstanceProfile(name, "/", ids.iamId("AIPA"), arn, longAgo());
        profile.role = addPropagatedRole(name, identity.principal("ec2"));
        profiles.put(name, profile);
        return profile;
    }

    /** Adds a customer managed policy. All AWS managed policies exist. */
    public String addPolicy(String name) {
        String arn = identity.iamArn("policy/" + name);
        policies.add(arn);
        return arn;
    }

    boolean hasPolicy(String arn) {
        return arn.startsWith(awsPolicy("")) || policies.contains(arn);
    }

    private String awsPolicy(String name) {
        return "arn:" + identity.partition() + ":iam::aws:policy/" + name;
    }

    private Instant longAgo() {
        return clock.instant().minus(Duration.ofDays(400));
    }
}
