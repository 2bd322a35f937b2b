package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.PercentEncoding;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Manages roles' inline and attached policies. */
final class RolePolicyOperations {
    private static final int MAX_INLINE_CHARACTERS = 10_240;
    private static final int MAX_ATTACHED = 10;

    private final IamState iam;

    RolePolicyOperations(IamState iam) {
        this.iam = iam;
    }

    void addTo(Operations operations) {
        operations
                .add("PutRolePolicy", this::put)
                .add("GetRolePolicy", this::get)
                .add("ListRolePolicies", this::list)
                .add("DeleteRolePolicy", this::delete)
                .add("AttachRolePolicy", this::attach)
                .add("DetachRolePolicy", this::detach)
                .add("ListAttachedRolePolicies", this::listAttached)
                .add("GetPolicy", this::getManaged);
    }

    private Fields getManaged(Tree request) {
        String arn = request.text("PolicyArn", "");
        if (!iam.hasPolicy(arn)) {
            throw new AwsError(404, "NoSuchEntity", "Policy " + arn + " was not found.");
        }
        Fields policy = Fields.of("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .and("PolicyId", "ANPAEXAMPLEPOLICY0001")
                .and("Arn", arn)
                .and("Path", "/")
                .and("DefaultVersionId", "v1")
                .and("AttachmentCount", 0)
                .and("IsAttachable", true);
        return Fields.of("Policy", policy);
    }

    private Role role(Tree request) {
        return iam.role(IamValidation.requiredName(request, "RoleName", 64));
    }

    private Fields put(Tree request) {
        Role role = role(request);
        String name = IamValidation.requiredName(request, "PolicyName", 128);
        String document = request.text("PolicyDocument", "");
        PolicyValidator.validateIdentityPolicy(document);
        int otherPoliciesSize = role.inlinePolicies.entrySet().stream()
                .filter(policy -> !policy.getKey().equals(name))
                .mapToInt(policy -> size(policy.getValue()))
                .sum();
        if (otherPoliciesSize + size(document) > MAX_INLINE_CHARACTERS) {
            throw new AwsError(
                    409,
                    "LimitExceeded",
                    "Maximum policy size of " + MAX_INLINE_CHARACTERS + " bytes exceeded for role " + role.name);
        }
        recordFirstPolicy(role);
        role.inlinePolicies.put(name, document);
        return Fields.none();
    }

    /** The size without whitespace, which IAM does not count. */
    private static int size(String document) {
        return document.replaceAll("\\s", "").length();
    }

    private Fields get(Tree request) {
        Role role = role(request);
        String name = IamValidation.requiredName(request, "PolicyName", 128);
        return Fields.of("RoleName", role.name)
                .and("PolicyName", name)
                .and("PolicyDocument", PercentEncoding.encode(document(role, name)));
    }

    private static String document(Role role, String name) {
        String document = role.inlinePolicies.get(name);
        if (document == null) {
            throw new AwsError(404, "NoSuchEntity", "The role policy with name " + name + " cannot be found.");
        }
        return document;
    }

    private Fields list(Tree request) {
        List<String> all = List.copyOf(role(request).inlinePolicies.keySet());
        Page<String> page = Page.of(all, request.text("Marker"), IamValidation.pageSize(request));
        return Fields.of("PolicyNames", page.elements())
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }

    private Fields delete(Tree request) {
        Role role = role(request);
        String name = IamValidation.requiredName(request, "PolicyName", 128);
        document(role, name);
        role.inlinePolicies.remove(name);
        return Fields.none();
    }

    private Fields attach(Tree request) {
        Role role = role(request);
        String arn = request.text("PolicyArn", "");
        if (!arn.startsWith("arn:")) {
            throw new AwsError(400, "ValidationError", "ARN " + arn + " is not valid.");
        }
        if (!iam.hasPolicy(arn)) {
            throw new AwsError(404, "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable.");
        }
        if (!role.attachedPolicies.contains(arn) && role.attachedPolicies.size() >= MAX_ATTACHED) {
            throw new AwsError(409, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: " + MAX_ATTACHED);
        }
        recordFirstPolicy(role);
        role.attachedPolicies.add(arn);
        return Fields.none();
    }

    private void recordFirstPolicy(Role role) {
        if (role.hasNoPolicies()) {
            role.empoweredAt = iam.clock.instant();
        }
    }

    private Fields detach(Tree request) {
        String arn = request.text("PolicyArn", "");
        if (!role(request).attachedPolicies.remove(arn)) {
            throw new AwsError(404, "NoSuchEntity", "Policy " + arn + " was not found.");
        }
        return Fields.none();
    }

    private Fields listAttached(Tree request) {
        List<String> all = List.copyOf(role(request).attachedPolicies);
        Page<String> page = Page.of(all, request.text("Marker"), IamValidation.pageSize(request));
        List<Fields> attached = page.elements().stream()
                .map(arn -> Fields.of("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                        .and("PolicyArn", arn))
                .toList();
        return Fields.of("AttachedPolicies", attached)
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }
}
