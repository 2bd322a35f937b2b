package org.emrelay.runner.parse;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;

/** Parses IAM roles, policies and encryption keys. */
record IamParser(Problems problems) {
    private static final Pattern ROLE =
            Pattern.compile("[\\w+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,64}");
    private static final Pattern PROFILE = Pattern.compile(
            "[\\w+=,.@-]{1,128}|arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,128}");
    private static final Pattern POLICY =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,128}");
    private static final Pattern KEY = Pattern.compile(
            "arn:aws[a-z-]*:kms:[a-z0-9-]{1,30}:[0-9]{12}:(key/[0-9A-Za-z-]{1,100}|alias/[\\w/-]{1,250})");
    private static final Pattern NAME = Pattern.compile("\\S(.{0,254}\\S)?");
    private static final String POLICY_DESCRIPTION =
            "the ARN of a policy, such as arn:aws:iam::123456789012:policy/name";
    private static final int MAX_POLICIES = 9;

    static final String KEY_DESCRIPTION = "the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/…";

    Cluster.Iam parse(ClusterFile file) {
        warnOfIgnoredKeys(file);
        if (file.securityConfiguration() != null && file.diskEncryptionKey() != null) {
            problems.error(
                    "disk_encryption_key",
                    "cannot be combined with SecurityConfiguration.",
                    "Set the key in that security configuration, or remove SecurityConfiguration.");
        }
        return new Cluster.Iam(
                problems.matching(file.serviceRole(), ROLE, "the name or ARN of a role", "ServiceRole"),
                problems.matching(file.jobFlowRole(), PROFILE, "the name or ARN of an instance profile", "JobFlowRole"),
                problems.matching(file.permissionsBoundary(), POLICY, POLICY_DESCRIPTION, "permissions_boundary"),
                policies(file.extraPolicies()),
                Objects.requireNonNullElse(file.sessionManager(), false),
                problems.matching(
                        file.securityConfiguration(),
                        NAME,
                        "the name of a security configuration",
                        "SecurityConfiguration"),
                problems.matching(file.diskEncryptionKey(), KEY, KEY_DESCRIPTION, "disk_encryption_key"));
    }

    private List<String> policies(List<String> arns) {
        if (arns.size() > MAX_POLICIES) {
            problems.error(
                    "extra_policies",
                    "there are " + arns.size() + " policies; the role of the nodes allows at most " + MAX_POLICIES
                            + ".");
        }
        return problems.allMatching(arns, POLICY, POLICY_DESCRIPTION, "extra_policies");
    }

    /** Existing roles are never modified, so keys that only affect created roles have no effect. */
    private void warnOfIgnoredKeys(ClusterFile file) {
        if (file.jobFlowRole() != null && !file.extraPolicies().isEmpty()) {
            warnNoEffect("extra_policies", "JobFlowRole names an existing instance profile");
        }
        if (file.jobFlowRole() != null && Boolean.TRUE.equals(file.sessionManager())) {
            warnNoEffect("session_manager", "JobFlowRole names an existing instance profile");
        }
        if (file.jobFlowRole() != null && file.serviceRole() != null && file.permissionsBoundary() != null) {
            warnNoEffect("permissions_boundary", "ServiceRole and JobFlowRole name existing roles");
        }
    }

    private void warnNoEffect(String path, String reason) {
        problems.warning(
                path,
                "has no effect: " + reason + ", and the runner does not modify existing roles.",
                "Remove this key and grant the permissions in IAM.");
    }

    static Pattern keyPattern() {
        return KEY;
    }
}
