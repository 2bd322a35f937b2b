package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Creates, describes, tags and deletes roles. */
final class RoleOperations {
    private final IamState iam;

    RoleOperations(IamState iam) {
        this.iam = iam;
    }

    void addTo(Operations operations) {
        operations
                .add("CreateRole", this::create)
                .add("GetRole", request -> Fields.of("Role", role(request).details()))
                .add("DeleteRole", this::delete)
                .add("ListRoles", this::list)
                .add("TagRole", this::tag)
                .add("UntagRole", this::untag)
                .add("ListRoleTags", this::listTags);
    }

    private Role role(Tree request) {
        return iam.role(IamValidation.requiredName(request, "RoleName", 64));
    }

    private Fields create(Tree request) {
        String name = IamValidation.requiredName(request, "RoleName", 64);
        String path = IamValidation.path(request);
        String trustPolicy = request.text("AssumeRolePolicyDocument", "");
        PolicyValidator.validateTrustPolicy(trustPolicy);
        // IAM looks names up case-sensitively but requires new names to be unique regardless of case.
        if (iam.roles.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw new AwsError(409, "EntityAlreadyExists", "Role with name " + name + " already exists.");
        }
        int maxSessionSeconds = request.number("MaxSessionDuration", 3600);
        if (maxSessionSeconds < 3600 || maxSessionSeconds > 43200) {
            throw IamValidation.invalid("maxSessionDuration", "Member must have value between 3600 and 43200");
        }
        Role role = new Role(
                name,
                path,
                iam.ids.iamId("AROA"),
                iam.identity.iamArn("role" + path + name),
                iam.clock.instant(),
                trustPolicy,
                IamValidation.description(request),
                request.text("PermissionsBoundary"),
                maxSessionSeconds);
        IamValidation.putTags(role.tags, request.trees("Tags"));
        iam.roles.put(name, role);
        return Fields.of("Role", role.details());
    }

    private Fields delete(Tree request) {
        Role role = role(request);
        if (iam.profiles.values().stream().anyMatch(profile -> profile.role == role)) {
            throw conflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        if (!role.attachedPolicies.isEmpty()) {
            throw conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!role.inlinePolicies.isEmpty()) {
            throw conflict("Cannot delete entity, must delete policies first.");
        }
        iam.roles.remove(role.name);
        return Fields.none();
    }

    private static AwsError conflict(String message) {
        return new AwsError(409, "DeleteConflict", message);
    }

    private Fields list(Tree request) {
        String prefix = request.text("PathPrefix", "/");
        List<Role> all = iam.roles.values().stream()
                .filter(role -> role.path.startsWith(prefix))
                .toList();
        Page<Role> page = Page.of(all, request.text("Marker"), IamValidation.pageSize(request));
        return Fields.of("Roles", page.elements().stream().map(Role::summary).toList())
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }

    private Fields tag(Tree request) {
        IamValidation.putTags(role(request).tags, request.trees("Tags"));
        return Fields.none();
    }

    private Fields untag(Tree request) {
        role(request).tags.keySet().removeAll(request.texts("TagKeys"));
        return Fields.none();
    }

    private Fields listTags(Tree request) {
        List<Fields> all = Fields.tags(role(request).tags, "Key", "Value");
        Page<Fields> page = Page.of(all, request.text("Marker"), IamValidation.pageSize(request));
        return Fields.of("Tags", page.elements())
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }
}
