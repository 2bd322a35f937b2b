package org.emrelay.runner.fakeaws.iam;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Identifiers;
import org.emrelay.runner.fakeaws.wire.Owner;

/** What an account's IAM holds, and how long other services do not see what is new in it. */
public final class IamState {
    final Owner owner;
    final Clock clock;
    final Identifiers identifiers;
    final Map<String, Role> roles = new TreeMap<>();
    final Map<String, InstanceProfile> profiles = new TreeMap<>();
    final Set<String> policies = new TreeSet<>();
    private Duration propagation = Duration.ofSeconds(10);

    public IamState(Owner owner, Clock clock, Identifiers identifiers) {
        this.owner = owner;
        this.clock = clock;
        this.identifiers = identifiers;
    }

    public Map<String, Role> roles() {
        return roles;
    }

    public Map<String, InstanceProfile> profiles() {
        return profiles;
    }

    /** For how long EMR does not see a new role, a new profile, or a role that is new in a profile. */
    public void propagateAfter(Duration delay) {
        propagation = delay;
    }

    Role role(String name) {
        Role role = roles.get(name);
        if (role == null) {
            throw new AwsError(404, "NoSuchEntity", "The role with name " + name + " cannot be found.");
        }
        return role;
    }

    InstanceProfile profile(String name) {
        InstanceProfile profile = profiles.get(name);
        if (profile == null) {
            throw new AwsError(404, "NoSuchEntity", "Instance Profile " + name + " cannot be found.");
        }
        return profile;
    }

    /** The role as another service sees it, by name or ARN. */
    public Optional<Role> propagatedRole(String nameOrArn) {
        return Optional.ofNullable(roles.get(lastOf(nameOrArn))).filter(role -> isPropagated(role.created));
    }

    public Optional<InstanceProfile> propagatedProfile(String nameOrArn) {
        return Optional.ofNullable(profiles.get(lastOf(nameOrArn))).filter(profile -> isPropagated(profile.created));
    }

    public boolean isRolePropagatedIn(InstanceProfile profile) {
        return profile.role != null && isPropagated(profile.roleAdded) && isPropagated(profile.role.created);
    }

    private boolean isPropagated(Instant since) {
        return since.equals(Instant.MIN) || !clock.instant().isBefore(since.plus(propagation));
    }

    private static String lastOf(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    /** Each resource, and all that can be changed in it. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        roles.forEach((name, role) -> inventory.put("iam role " + name, role.fingerprint()));
        profiles.forEach((name, profile) -> inventory.put("iam instance profile " + name, profile.fingerprint()));
        return inventory;
    }

    /** A role that everyone has seen for long, with a policy. */
    public Role addOld(String name, String servicePrincipal) {
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + servicePrincipal + "\"},\"Action\":\"sts:AssumeRole\"}]}";
        String arn = owner.iamArn("role/" + name);
        Role role = new Role(name, "/", identifiers.iam("AROA"), arn, longAgo(), trust, null, null, 3600);
        role.attachedPolicies.add("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        roles.put(name, role);
        return role;
    }

    /** A profile with a role of the same name, both long known. */
    public InstanceProfile addOldProfile(String name) {
        String arn = owner.iamArn("instance-profile/" + name);
        InstanceProfile profile = new InstanceProfile(name, "/", identifiers.iam("AIPA"), arn, longAgo());
        profile.role = addOld(name, "ec2.amazonaws.com");
        profiles.put(name, profile);
        return profile;
    }

    /** A customer's policy; of AWS's own all exist. */
    public String addPolicy(String name) {
        String arn = owner.iamArn("policy/" + name);
        policies.add(arn);
        return arn;
    }

    boolean hasPolicy(String arn) {
        return arn.startsWith("arn:aws:iam::aws:policy/") || policies.contains(arn);
    }

    private Instant longAgo() {
        return clock.instant().minus(Duration.ofDays(400));
    }
}
