package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.FakeAws;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Tests the IAM, EC2 and S3 resources of a cluster on LocalStack. LocalStack has no EMR, so the fake EMR is used.
 * The fake does not know LocalStack's roles and rejects the cluster: a creation either rolls back or, with {@code
 * --keep}, leaves its resources.
 */
@Tag("servers")
final class LocalStackTest {
    private static final String IMAGE = "localstack/localstack:4.14.0";
    private static final String BASE = "emrelay-bb26934c-us-east-1-demo";
    private static final String BUCKET = "emrelay-000000000000-us-east-1-bb26934c-demo";

    private static LocalStackContainer container;
    private static final String NO_QUOTAS =
            "warning: Not checked: the vCPU quotas. Could not get quota L-1216C47A. InternalFailure: The API for"
                    + " service service-quotas is either not included in your current license plan or has not yet been"
                    + " emulated by LocalStack. The endpoint does not support this operation.\n";

    private static FakeAws emr;
    private static ForeignServer server;

    @TempDir
    Path directory;

    private CliFixture prompt;

    @BeforeAll
    static void start() {
        assumeTrue(isImageAvailable(), "Skipped: Docker or its image " + IMAGE + " is not available.");
        try {
            container = new LocalStackContainer(DockerImageName.parse(IMAGE));
            container.start();
        } catch (ContainerFetchException unavailable) {
            abort("Skipped: an image that Testcontainers needs is not available: " + unavailable.getMessage());
        }
        emr = FakeAws.start();
        server = new ForeignServer(container.getEndpoint())
                .withEmrAt(emr.endpoint())
                .withUsableDefaultVpc()
                .withForeignResources();
    }

    /** Checked here because Testcontainers would try for minutes to pull a missing image. */
    private static boolean isImageAvailable() {
        try {
            Process inspection = new ProcessBuilder("docker", "image", "inspect", IMAGE)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return inspection.waitFor() == 0;
        } catch (IOException noDocker) {
            return false;
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            emr.close();
        }
        if (container != null) {
            container.stop();
        }
    }

    @BeforeEach
    void createPrompt() {
        prompt = server.prompt(directory, EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE));
    }

    @Test
    void recognizesUploadedFilesByTheirChecksums() throws IOException {
        assertThat(server.filesUploadedAgain(directory)).isEmpty();
    }

    @Test
    void rollsBackWhenEmrRejectsTheCluster() {
        Set<String> before = server.inventory();

        CommandResult result = prompt.run("-a", "create_cluster", "-c", "demo");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .endsWith("ValidationException: Invalid InstanceProfile: " + BASE
                        + "-nodes.\nRolled back: all created resources were deleted.\n");
        assertThat(server.inventory()).isEqualTo(before);
    }

    @Test
    void createsAllResourcesAndDeletesThemWithLaterAdditions() {
        Set<String> before = server.inventory();

        CommandResult kept = prompt.run("-a", "create_cluster", "-c", "demo", "--keep");

        assertThat(kept.err())
                .endsWith(
                        "\nThe created resources are kept (--keep). Delete them: runner.sh -a terminate_cluster -c demo\n");
        assertBucketIsPrivateAndFilled();
        assertRolesAndProfileExist();
        addEmrManagedRules();
        addVersionsAndUnfinishedUploads();
        CommandResult terminated = prompt.run("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        assertThat(terminated.code()).isZero();
        assertThat(terminated.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf(
                        """
                        removed bucket %2$s
                        removed instance profile %1$s-nodes
                        removed role %1$s-nodes
                        removed role %1$s-service
                        removed security configuration %1$s
                        removed security group sg-X (%1$s-core)
                        removed security group sg-X (%1$s-primary)
                        """.formatted(BASE, BUCKET).lines().toList());
        assertThat(server.inventory()).isEqualTo(before);
    }

    @Test
    void keepsARoleWithTheRunnersNameButWithoutItsTags() {
        Set<String> before = server.inventory();
        prompt.run("-a", "create_cluster", "-c", "demo", "--keep");
        IamClient iam = server.clients().iam();
        iam.untagRole(request -> request.roleName(BASE + "-service").tagKeys("emrelay:workspace"));

        CommandResult terminated = prompt.run("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");

        assertThat(terminated.code()).isZero();
        assertThat(terminated.out())
                .endsWith("kept    Role " + BASE
                        + "-service has this cluster's name but not its tags: left unchanged.\n");
        assertThat(prompt.run("-a", "create_cluster", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        4,
                        "",
                        NO_QUOTAS + "The role " + BASE
                                + "-service already exists, and its tags do not match this cluster. Choose another cluster"
                                + " name with -c.\nNothing was created.\n"));
        iam.deleteRolePolicy(request -> request.roleName(BASE + "-service")
                .policyName(iam.listRolePolicies(list -> list.roleName(BASE + "-service"))
                        .policyNames()
                        .get(0)));
        iam.deleteRole(request -> request.roleName(BASE + "-service"));
        assertThat(server.inventory()).isEqualTo(before);
    }

    private static void assertBucketIsPrivateAndFilled() {
        S3Client s3 = server.clients().s3();
        assertThat(s3.getPublicAccessBlock(request -> request.bucket(BUCKET))
                        .publicAccessBlockConfiguration()
                        .toString())
                .contains("BlockPublicAcls=true")
                .contains("IgnorePublicAcls=true", "BlockPublicPolicy=true", "RestrictPublicBuckets=true");
        assertThat(s3.getBucketPolicy(request -> request.bucket(BUCKET)).policy())
                .contains("\"Deny\"", "\"aws:SecureTransport\":\"false\"");
        assertThat(s3.getBucketEncryption(request -> request.bucket(BUCKET))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
        assertThat(s3.getBucketLifecycleConfiguration(request -> request.bucket(BUCKET))
                        .rules())
                .extracting(LifecycleRule::id)
                .containsExactly("logs", "unfinished-uploads");
        assertThat(s3.getBucketTagging(request -> request.bucket(BUCKET)).tagSet())
                .extracting(software.amazon.awssdk.services.s3.model.Tag::key)
                .contains("emrelay:workspace", "emrelay:cluster", "project");
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .singleElement()
                .asString()
                .matches("bootstrap-emr/[0-9a-f]{32}/bootstrap-action.sh");
    }

    private static void assertRolesAndProfileExist() {
        IamClient iam = server.clients().iam();
        assertThat(iam.getInstanceProfile(request -> request.instanceProfileName(BASE + "-nodes"))
                        .instanceProfile()
                        .roles())
                .singleElement()
                .satisfies(role -> assertThat(role.roleName()).isEqualTo(BASE + "-nodes"));
        for (String role : List.of(BASE + "-nodes", BASE + "-service")) {
            assertThat(iam.listRolePolicies(request -> request.roleName(role)).policyNames())
                    .hasSize(1);
        }
    }

    /** EMR adds rules that allow traffic between the groups of a cluster. */
    private static void addEmrManagedRules() {
        List<SecurityGroup> groups = server.clients().ec2().describeSecurityGroups().securityGroups().stream()
                .filter(group -> group.groupName().startsWith(BASE))
                .toList();
        assertThat(groups).hasSize(2);
        assertThat(groups).allSatisfy(group -> assertThat(group.ipPermissions()).isEmpty());
        for (SecurityGroup group : groups) {
            List<IpPermission> rules = groups.stream()
                    .map(from -> IpPermission.builder()
                            .ipProtocol("tcp")
                            .fromPort(0)
                            .toPort(65535)
                            .userIdGroupPairs(UserIdGroupPair.builder()
                                    .groupId(from.groupId())
                                    .build())
                            .build())
                    .toList();
            server.clients()
                    .ec2()
                    .authorizeSecurityGroupIngress(
                            request -> request.groupId(group.groupId()).ipPermissions(rules));
        }
    }

    private static void addVersionsAndUnfinishedUploads() {
        S3Client s3 = server.clients().s3();
        s3.putBucketVersioning(request -> request.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        for (String text : List.of("first", "second")) {
            s3.putObject(request -> request.bucket(BUCKET).key("output/words"), RequestBody.fromString(text));
        }
        s3.deleteObject(request -> request.bucket(BUCKET).key("output/words"));
        s3.createMultipartUpload(request -> request.bucket(BUCKET).key("output/large"));
    }
}
