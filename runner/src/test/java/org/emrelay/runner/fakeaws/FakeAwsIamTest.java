package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tests the fake IAM and STS through the SDK. */
class FakeAwsIamTest {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::mine/*"}]}""";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final IamClient iam = clients.iam();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private Role createRole(String name) {
        return iam.createRole(role -> role.roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .description("for a test")
                        .permissionsBoundary("arn:aws:iam::123456789012:policy/bound")
                        .tags(Tag.builder().key("project").value("a b").build()))
                .role();
    }

    private static <T extends IamException> String message(Class<T> type, ThrowingCallable call) {
        return catchThrowableOfType(type, call).awsErrorDetails().errorMessage();
    }

    @Test
    void aRoleIsReturnedWithAllItsProperties() {
        createRole("nodes");

        Role role = iam.getRole(request -> request.roleName("nodes")).role();

        assertThat(role.arn()).isEqualTo("arn:aws:iam::123456789012:role/nodes");
        assertThat(role.roleId()).matches("AROA[A-Z0-9]{17}");
        assertThat(role.createDate()).isEqualTo(SimulatedClock.START);
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUST);
        assertThat(role.description()).isEqualTo("for a test");
        assertThat(role.permissionsBoundary().permissionsBoundaryArn())
                .isEqualTo("arn:aws:iam::123456789012:policy/bound");
        assertThat(role.tags())
                .containsExactly(Tag.builder().key("project").value("a b").build());
        assertThat(iam.listRoleTags(request -> request.roleName("nodes")).tags())
                .hasSize(1);
        assertThat(aws.remaining()).containsExactly("iam role nodes");
    }

    @Test
    void anInstanceProfileHoldsOneRole() {
        createRole("nodes");
        createRole("others");
        iam.createInstanceProfile(request -> request.instanceProfileName("nodes"));
        iam.addRoleToInstanceProfile(
                request -> request.instanceProfileName("nodes").roleName("nodes"));

        InstanceProfile profile = iam.getInstanceProfile(request -> request.instanceProfileName("nodes"))
                .instanceProfile();

        assertThat(profile.roles()).extracting(Role::roleName).containsExactly("nodes");
        assertThat(iam.listInstanceProfilesForRole(request -> request.roleName("nodes"))
                        .instanceProfiles())
                .extracting(InstanceProfile::instanceProfileName)
                .containsExactly("nodes");
        assertThat(message(
                        LimitExceededException.class,
                        () -> iam.addRoleToInstanceProfile(
                                request -> request.instanceProfileName("nodes").roleName("others"))))
                .isEqualTo("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    }

    @Test
    void resourcesInUseCannotBeDeleted() {
        createRole("nodes");
        iam.createInstanceProfile(request -> request.instanceProfileName("nodes"));
        iam.addRoleToInstanceProfile(
                request -> request.instanceProfileName("nodes").roleName("nodes"));
        iam.putRolePolicy(request -> request.roleName("nodes").policyName("p").policyDocument(POLICY));
        iam.attachRolePolicy(
                request -> request.roleName("nodes").policyArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));

        assertThat(message(DeleteConflictException.class, () -> iam.deleteRole(r -> r.roleName("nodes"))))
                .isEqualTo("Cannot delete entity, must remove roles from instance profile first.");
        assertThat(message(
                        DeleteConflictException.class,
                        () -> iam.deleteInstanceProfile(r -> r.instanceProfileName("nodes"))))
                .isEqualTo("Cannot delete entity, must remove roles from instance profile first.");
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("nodes").roleName("nodes"));
        assertThat(message(DeleteConflictException.class, () -> iam.deleteRole(r -> r.roleName("nodes"))))
                .isEqualTo("Cannot delete entity, must detach all policies first.");
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("nodes")).attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactly("AmazonSSMManagedInstanceCore");
        iam.detachRolePolicy(
                r -> r.roleName("nodes").policyArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));
        assertThat(message(DeleteConflictException.class, () -> iam.deleteRole(r -> r.roleName("nodes"))))
                .isEqualTo("Cannot delete entity, must delete policies first.");
        assertThat(iam.listRolePolicies(r -> r.roleName("nodes")).policyNames()).containsExactly("p");
        iam.deleteRolePolicy(r -> r.roleName("nodes").policyName("p"));
        iam.deleteRole(r -> r.roleName("nodes"));
        iam.deleteInstanceProfile(r -> r.instanceProfileName("nodes"));
        assertThat(aws.remaining()).isEmpty();
    }

    @Test
    void existingAndMissingEntitiesAreReportedWithIamsMessages() {
        createRole("nodes");

        assertThat(message(EntityAlreadyExistsException.class, () -> createRole("nodes")))
                .isEqualTo("Role with name nodes already exists.");
        assertThat(message(NoSuchEntityException.class, () -> iam.getRole(r -> r.roleName("none"))))
                .isEqualTo("The role with name none cannot be found.");
        assertThat(message(
                        NoSuchEntityException.class, () -> iam.getInstanceProfile(r -> r.instanceProfileName("none"))))
                .isEqualTo("Instance Profile none cannot be found.");
        assertThat(message(
                        NoSuchEntityException.class,
                        () -> iam.getRolePolicy(r -> r.roleName("nodes").policyName("none"))))
                .isEqualTo("The role policy with name none cannot be found.");
        assertThat(message(
                        NoSuchEntityException.class,
                        () -> iam.detachRolePolicy(r -> r.roleName("nodes").policyArn("arn:aws:iam::aws:policy/X"))))
                .isEqualTo("Policy arn:aws:iam::aws:policy/X was not found.");
    }

    @Test
    void policyDocumentsAreValidated() {
        createRole("nodes");

        assertThat(rejection("{")).isEqualTo("This policy contains invalid Json");
        assertThat(rejection("{\"Version\": \"2012-10-17\"}")).isEqualTo("Syntax errors in policy.");
        assertThat(rejection(POLICY.replace("arn:aws:s3:::mine/*", "mine")))
                .isEqualTo("Resource mine must be in ARN format or \"*\".");
        assertThat(rejection(POLICY.replace("s3:GetObject", "GetObject")))
                .isEqualTo("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        assertThat(rejection(TRUST)).isEqualTo("Policy document should not specify a principal.");
        assertThat(message(
                        MalformedPolicyDocumentException.class,
                        () -> iam.createRole(r -> r.roleName("other").assumeRolePolicyDocument(POLICY))))
                .isEqualTo("Has prohibited field Resource");
    }

    private String rejection(String document) {
        return message(
                MalformedPolicyDocumentException.class,
                () -> iam.putRolePolicy(r -> r.roleName("nodes").policyName("p").policyDocument(document)));
    }

    @Test
    void nameLengthsAndPolicySizesAreLimited() {
        createRole("nodes");
        String long65 = "r".repeat(65);
        String filler = POLICY.replace("mine", "m".repeat(10_200));

        assertThat(message(IamException.class, () -> createRole(long65)))
                .isEqualTo("1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must"
                        + " have length less than or equal to 64");
        assertThat(message(IamException.class, () -> createRole("a b")))
                .isEqualTo("The specified value for roleName is invalid. It must contain only alphanumeric characters"
                        + " and/or the following: +=,.@_-");
        assertThat(message(
                        LimitExceededException.class,
                        () -> iam.putRolePolicy(
                                r -> r.roleName("nodes").policyName("p").policyDocument(filler))))
                .isEqualTo("Maximum policy size of 10240 bytes exceeded for role nodes");
    }

    @Test
    void listingsArePaginated() {
        for (int i = 0; i < 7; i++) {
            createRole("role-" + i);
        }

        List<String> names = iam.listRolesPaginator(request -> request.maxItems(3)).roles().stream()
                .map(Role::roleName)
                .toList();

        assertThat(names).containsExactly("role-0", "role-1", "role-2", "role-3", "role-4", "role-5", "role-6");
        assertThat(aws.calls().named("ListRoles")).hasSize(3);
    }

    @Test
    void customerManagedPoliciesExistOnlyIfTheTestAddsThem() {
        String arn = aws.account().managedPolicy("bound");
        createRole("nodes");

        iam.attachRolePolicy(r -> r.roleName("nodes").policyArn(arn));
        assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().policyName()).isEqualTo("bound");
        assertThat(message(
                        NoSuchEntityException.class,
                        () -> iam.attachRolePolicy(r -> r.roleName("nodes").policyArn(arn + "-not"))))
                .isEqualTo("Policy " + arn + "-not does not exist or is not attachable.");
    }

    @Test
    void stsReturnsTheCallerIdentity() {
        assertThat(clients.sts().getCallerIdentity().account()).isEqualTo("123456789012");
        assertThat(clients.sts().getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/tester");
    }

    @Test
    void unsupportedOperationsAreRejectedAndLogged() {
        assertThat(message(IamException.class, () -> iam.listUsers()))
                .isEqualTo("Could not find operation ListUsers for version 2010-05-08");
        assertThat(aws.calls().unsupported()).extracting(Call::operation).containsExactly("ListUsers");
    }
}
