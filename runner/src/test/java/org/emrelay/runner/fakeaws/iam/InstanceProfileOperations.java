package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import java.util.function.Predicate;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Creates, describes, tags and deletes instance profiles; adds and removes their role. */
final class InstanceProfileOperations {
    private final IamState iam;

    InstanceProfileOperations(IamState iam) {
        this.iam = iam;
    }

    void addTo(Operations operations) {
        operations
                .add("CreateInstanceProfile", this::create)
                .add(
                        "GetInstanceProfile",
                        request -> Fields.of("InstanceProfile", profile(request).fields(true)))
                .add("ListInstanceProfiles", this::list)
                .add("ListInstanceProfilesForRole", this::listForRole)
                .add("ListInstanceProfileTags", this::listTags)
                .add("TagInstanceProfile", this::tag)
                .add("AddRoleToInstanceProfile", this::addRole)
                .add("RemoveRoleFromInstanceProfile", this::removeRole)
                .add("DeleteInstanceProfile", this::delete);
    }

    private InstanceProfile profile(Tree request) {
        return iam.profile(IamValidation.requiredName(request, "InstanceProfileName", 128));
    }

    private Fields create(Tree request) {
        String name = IamValidation.requiredName(request, "InstanceProfileName", 128);
        String path = IamValidation.path(request);
        if (iam.profiles.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw new AwsError(409, "EntityAlreadyExists", "Instance Profile " + name + " already exists.");
        }
        InstanceProfile profile = new InstanceProfile(
                name,
                path,
                iam.ids.iamId("AIPA"),
                iam.identity.iamArn("instance-profile" + path + name),
                iam.clock.instant());
        IamValidation.putTags(profile.tags, request.trees("Tags"));
        iam.profiles.put(name, profile);
        return Fields.of("InstanceProfile", profile.fields(true));
    }

    private Fields list(Tree request) {
        return page(request, profile -> profile.path.startsWith(request.text("PathPrefix", "/")));
    }

    private Fields listForRole(Tree request) {
        Role role = iam.role(IamValidation.requiredName(request, "RoleName", 64));
        return page(request, profile -> profile.role == role);
    }

    private Fields page(Tree request, Predicate<InstanceProfile> filter) {
        List<InstanceProfile> all =
                iam.profiles.values().stream().filter(filter).toList();
        Page<InstanceProfile> page = Page.of(all, request.text("Marker"), IamValidation.pageSize(request));
        return Fields.of(
                        "InstanceProfiles",
                        page.elements().stream()
                                .map(profile -> profile.fields(false))
                                .toList())
                .and("IsTruncated", !page.isLast())
                .and("Marker", page.next());
    }

    private Fields listTags(Tree request) {
        return Fields.of("Tags", Fields.tags(profile(request).tags, "Key", "Value"))
                .and("IsTruncated", false);
    }

    private Fields tag(Tree request) {
        IamValidation.putTags(profile(request).tags, request.trees("Tags"));
        return Fields.none();
    }

    private Fields addRole(Tree request) {
        InstanceProfile profile = profile(request);
        Role role = iam.role(IamValidation.requiredName(request, "RoleName", 64));
        if (profile.role != null) {
            throw new AwsError(409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        }
        profile.role = role;
        profile.roleAddedAt = iam.clock.instant();
        return Fields.none();
    }

    private Fields removeRole(Tree request) {
        InstanceProfile profile = profile(request);
        String name = IamValidation.requiredName(request, "RoleName", 64);
        Role role = iam.role(name);
        if (profile.role != role) {
            throw new AwsError(
                    404, "NoSuchEntity", "Role " + name + " in Instance Profile " + profile.name + " cannot be found.");
        }
        profile.role = null;
        return Fields.none();
    }

    private Fields delete(Tree request) {
        InstanceProfile profile = profile(request);
        if (profile.role != null) {
            throw new AwsError(
                    409, "DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.");
        }
        iam.profiles.remove(profile.name);
        return Fields.none();
    }
}
