package org.emrelay.runner.parse;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.emrelay.runner.model.ClusterIam;

/** Reads what the cluster may do in the account. */
final class IamParser {
    private static final Pattern ROLE =
            Pattern.compile("[\\w+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,64}");
    private static final Pattern PROFILE = Pattern.compile(
            "[\\w+=,.@-]{1,128}|arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,128}");
    private static final Pattern POLICY =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/(?:[!-~]{1,512}/)?[\\w+=,.@-]{1,128}");
    private static final Pattern KEY = Pattern.compile(
            "arn:aws[a-z-]*:kms:[a-z0-9-]{1,30}:[0-9]{12}:(key/[0-9A-Za-z-]{1,100}|alias/[\\w/-]{1,250})");
    private static final Pattern NAME = Pattern.compile("\\S(.{0,254}\\S)?");
    private static final String A_POLICY = "the ARN of a policy, such as arn:aws:iam::123456789012:policy/name";
    private static final int MOST_POLICIES = 9;

    static final String A_KEY = "the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/…";

    private final ClusterFields fields;
    private final Problems problems;

    IamParser(ClusterFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    ClusterIam read(ClusterFile file) {
        checkWithoutEffect(file);
        if (file.securityConfiguration() != null && file.diskEncryptionKey() != null) {
            problems.error(
                    "disk_encryption_key",
                    "stands beside SecurityConfiguration, which is used as it is.",
                    "Set the key in that security configuration, or remove SecurityConfiguration.");
        }
        return new ClusterIam(
                fields.matching(file.serviceRole(), ROLE, "the name or ARN of a role", "ServiceRole"),
                fields.matching(file.jobFlowRole(), PROFILE, "the name or ARN of an instance profile", "JobFlowRole"),
                fields.matching(file.permissionsBoundary(), POLICY, A_POLICY, "permissions_boundary"),
                policies(file.extraPolicies()),
                Objects.requireNonNullElse(file.sessionManager(), false),
                fields.matching(
                        file.securityConfiguration(),
                        NAME,
                        "the name of a security configuration",
                        "SecurityConfiguration"),
                fields.matching(file.diskEncryptionKey(), KEY, A_KEY, "disk_encryption_key"));
    }

    private List<String> policies(List<String> written) {
        if (written.size() > MOST_POLICIES) {
            problems.error(
                    "extra_policies",
                    "there are " + written.size() + " policies; IAM lets a role have few, here at most " + MOST_POLICIES
                            + ".");
        }
        return fields.allMatching(written, POLICY, A_POLICY, "extra_policies");
    }

    /** Roles that are given are never changed, so what only shapes ours does nothing beside them. */
    private void checkWithoutEffect(ClusterFile file) {
        if (file.jobFlowRole() != null && !file.extraPolicies().isEmpty()) {
            noEffect("extra_policies", "the role of JobFlowRole, which is given,");
        }
        if (file.jobFlowRole() != null && Boolean.TRUE.equals(file.sessionManager())) {
            noEffect("session_manager", "the role of JobFlowRole, which is given,");
        }
        if (file.jobFlowRole() != null && file.serviceRole() != null && file.permissionsBoundary() != null) {
            noEffect("permissions_boundary", "ServiceRole and JobFlowRole, which are given,");
        }
    }

    private void noEffect(String path, String whose) {
        problems.warning(
                path,
                "has no effect: " + whose + " cannot be changed from here.",
                "Remove this key, and give the role what it needs in IAM.");
    }

    static Pattern keyPattern() {
        return KEY;
    }
}
