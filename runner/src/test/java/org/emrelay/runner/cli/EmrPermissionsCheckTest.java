package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.iam.CallerStatement;
import org.emrelay.runner.platform.emr.spec.CallerPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan --check} says about the permissions of its caller. */
final class EmrPermissionsCheckTest {
    private static final String ALL = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private CommandResult check() {
        CommandResult result = emr.run("-a", "plan", "-t", "emr", "--check");
        assertThat(result.code()).as("%s", result).isZero();
        return result;
    }

    private static String denying(String... actions) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": %s, "Resource": "*"}]}""".formatted(JsonWriter.line(List.of(actions)));
    }

    /** The complete policy without one action. */
    private static String without(String action) {
        List<Map<String, Object>> statements = CallerPolicy.ofAllClusters().statements().stream()
                .filter(statement -> !statement.actions().equals(List.of(action)))
                .map(statement -> document(statement, action))
                .toList();
        return JsonWriter.line(Map.of("Version", "2012-10-17", "Statement", statements));
    }

    private static Map<String, Object> document(CallerStatement statement, String without) {
        List<String> actions = statement.actions().stream()
                .filter(action -> !action.equals(without))
                .toList();
        return Map.of(
                "Sid",
                statement.sid(),
                "Effect",
                "Allow",
                "Action",
                actions,
                "Resource",
                statement.resources(),
                "Condition",
                statement.condition());
    }

    /** Whether EMR's own role exists is not known, and who may not simulate gets another warning. */
    private static boolean isSimulated(String action) {
        return !action.equals("iam:CreateServiceLinkedRole") && !action.equals("iam:SimulatePrincipalPolicy");
    }

    private List<String> deniedActions() {
        return emr.run("-a", "plan", "-t", "emr", "--check")
                .err()
                .lines()
                .filter(line -> line.startsWith("warning: You are not authorized to perform "))
                .map(line -> line.substring(
                        "warning: You are not authorized to perform ".length(),
                        line.indexOf(": ", "warning: ".length())))
                .flatMap(actions -> Stream.of(actions.split(", ")))
                .distinct()
                .toList();
    }

    @Test
    void simulatesEachActionOfThePolicy() {
        emr.aws().caller().restrictTo(ALL.replace("\"Action\": \"*\"", "\"Action\": \"iam:SimulatePrincipalPolicy\""));

        assertThat(deniedActions())
                .containsExactlyInAnyOrderElementsOf(CallerPolicy.ofAllClusters().statements().stream()
                        .flatMap(statement -> statement.actions().stream())
                        .filter(EmrPermissionsCheckTest::isSimulated)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec2:CreateTags",
                "elasticmapreduce:RunJobFlow",
                "elasticmapreduce:ListSupportedInstanceTypes",
                "iam:PassRole",
                "s3:PutObject"
            })
    void namesExactlyTheActionThatThePolicyLacks(String action) {
        emr.aws().caller().restrictTo(without(action));

        assertThat(deniedActions()).containsExactly(action);
    }

    @Test
    void groupsTheActionsByPurpose() {
        emr.aws().caller().restrictTo(ALL, denying("iam:CreateRole", "iam:PutRolePolicy", "s3:CreateBucket"));

        assertThat(check().err()).isEqualTo("""
                        warning: You are not authorized to perform iam:CreateRole, iam:PutRolePolicy: create_cluster cannot create the roles, or terminate_cluster cannot delete them. Ask your AWS administrator for the statement ManageRoles of docs/caller-policy.json.
                        warning: You are not authorized to perform s3:CreateBucket: create_cluster cannot create the bucket, or terminate_cluster --delete-bucket cannot delete it. Ask your AWS administrator for the statement ManageBuckets of docs/caller-policy.json.
                        """);
    }

    @Test
    void namesAnActionOnceIfIamAnswersForEachResource() {
        emr.aws().caller().simulateEachResource();
        emr.aws().caller().restrictTo(ALL, denying("iam:CreateRole"));

        assertThat(deniedActions()).containsExactly("iam:CreateRole");
        assertThat(check().err())
                .startsWith("warning: You are not authorized to perform iam:CreateRole: ")
                .hasLineCount(1);
    }

    /** Without further pages and the calls that IAM refuses. */
    @Test
    void simulatesInFewCallsWithoutChangingAnything() {
        emr.aws().caller().restrictTo(ALL);
        check();

        assertThat(emr.aws().calls().named("SimulatePrincipalPolicy").stream()
                        .filter(call -> call.succeeded() && !call.parameters().has("Marker")))
                .hasSizeLessThan(25);
        assertThat(emr.aws().calls().mutating().stream().map(Call::operation)).containsOnly("SimulatePrincipalPolicy");
    }

    @Test
    void asksOnlyForWhatTheClusterFileRequires() {
        emr.aws().iam().addServiceRole("service");
        emr.aws().iam().addPropagatedProfile("nodes");
        emr.aws().account().bucket("company");
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE).replace("\"Tags\":", """
                                        "ServiceRole": "service", "JobFlowRole": "nodes", "bucket": "company", "prefix": "team",
                                        "Tags":"""));
        emr.aws().caller().restrictTo(ALL, denying("iam:*Role*", "iam:CreateInstanceProfile", "s3:*"));

        assertThat(check().err().lines().filter(line -> line.startsWith("warning: You are not authorized")))
                .containsExactly(
                        "warning: You are not authorized to perform iam:GetRole, iam:ListRoles, s3:ListAllMyBuckets: create_cluster and"
                                + " terminate_cluster do not find which resources exist. Ask your AWS administrator for"
                                + " the statement FindResources of docs/caller-policy.json.",
                        "warning: You are not authorized to perform iam:PassRole: create_cluster cannot give the cluster its roles. Ask your"
                                + " AWS administrator for the statement PassNodeRole of docs/caller-policy.json.",
                        "warning: You are not authorized to perform iam:PassRole: create_cluster cannot give the cluster its roles. Ask your"
                                + " AWS administrator for the statement PassServiceRole of docs/caller-policy.json.",
                        "warning: You are not authorized to perform s3:AbortMultipartUpload, s3:DeleteObject, s3:DeleteObjectVersion,"
                                + " s3:GetObject, s3:PutObject: add_steps, execute_steps, fetch_output and logs cannot"
                                + " read or write the workspace. Ask your AWS administrator for the statement"
                                + " UseWorkspaces of docs/caller-policy.json.",
                        "warning: You are not authorized to perform s3:GetEncryptionConfiguration: the created roles get no access to KMS keys"
                                + " that encrypt given buckets and EBS volumes by default. Ask your AWS administrator"
                                + " for the statement FindDefaultKeys of docs/caller-policy.json.",
                        "warning: You are not authorized to perform s3:ListBucket: no command finds runs, outputs and logs. Ask your AWS"
                                + " administrator for the statement ListWorkspaces of docs/caller-policy.json.");
    }

    /** A policy of a company: clusters in one region and with the tag of a team. IAM has a region of its own. */
    @Test
    void simulatesTheNamesTagsAndRegionOfTheCluster() {
        EmrCliFixture europe = new EmrCliFixture(directory, "eu-west-1");
        SampleFiles.writeTo(europe.cli())
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replaceFirst(
                                        "\"Tags\": \\[", "\"Tags\": [{\"Key\": \"team\", \"Value\": \"words\"},"));
        europe.aws().caller().restrictTo("""
                        {"Version": "2012-10-17", "Statement": [
                          {"Effect": "Allow", "Action": ["ec2:*", "elasticmapreduce:*", "s3:*", "servicequotas:*"],
                           "Resource": "*", "Condition": {
                             "StringEqualsIfExists": {"aws:RequestTag/team": "words"},
                             "StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
                          {"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": {
                             "StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
                          {"Effect": "Allow", "Action": "pricing:*", "Resource": "*", "Condition": {
                             "StringEquals": {"aws:RequestedRegion": "eu-central-1"}}}]}
                        """);

        assertThat(europe.run("-a", "plan", "-t", "emr", "--check").err()).isEmpty();
        assertThat(europe.aws().calls().defects()).isEmpty();
        europe.close();
    }

    @Test
    void namesConditionsThatWereNotSimulated() {
        emr.aws().caller().restrictTo(ALL, """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ec2:CreateTags",
                          "Resource": "*", "Condition": {"Null": {"aws:MultiFactorAuthPresent": "true"}}}]}""");

        assertThat(check().err())
                .isEqualTo(
                        "warning: You are not authorized to perform ec2:CreateTags: create_cluster cannot create the security groups. Ask"
                                + " your AWS administrator for the statement TagSecurityGroups of docs/caller-policy.json."
                                + " Your policies also depend on aws:MultiFactorAuthPresent, which was not simulated.\n");
    }

    @Test
    void warnsWhenTheSimulationIsDenied() {
        emr.aws().caller().restrictTo(ALL, denying("iam:SimulatePrincipalPolicy"));

        assertThat(check().err())
                .isEqualTo("warning: Not checked: the caller's permissions. Could not simulate the policies of"
                        + " arn:aws:iam::123456789012:user/tester. AccessDenied: User:"
                        + " arn:aws:iam::123456789012:user/tester is not authorized to perform:"
                        + " iam:SimulatePrincipalPolicy on resource: arn:aws:iam::123456789012:user/tester because no"
                        + " identity-based policy allows the iam:SimulatePrincipalPolicy action. Ask your AWS"
                        + " administrator for this permission.\n");
    }

    @Test
    void simulatesTheRoleOfASession() {
        emr.aws().caller().assume(emr.aws().iam().addRoleWithPath("/teams/words/", "dev"));
        emr.aws().caller().restrictTo(ALL, denying("iam:CreateRole"));

        assertThat(check().err())
                .startsWith("warning: You are not authorized to perform iam:CreateRole: ")
                .hasLineCount(1);
        assertThat(emr.aws().calls().named("SimulatePrincipalPolicy"))
                .extracting(Call::resource)
                .containsOnly("arn:aws:iam::123456789012:role/teams/words/dev");
    }

    @Test
    void simulatesARoleWithoutAPathEvenIfItMayNotBeRead() {
        emr.aws().caller().assume(emr.aws().iam().addRoleWithPath("/", "dev"));
        emr.aws().caller().restrictTo(ALL, denying("iam:GetRole"));

        assertThat(check().err().lines().filter(line -> line.startsWith("warning: You are not authorized")))
                .containsExactly(
                        "warning: You are not authorized to perform iam:GetRole: create_cluster and terminate_cluster do not find"
                                + " which resources exist. Ask your AWS administrator for the statement FindResources of"
                                + " docs/caller-policy.json.");
    }

    @Test
    void saysThatARoleWithAPathThatMayNotBeReadIsNotChecked() {
        emr.aws().caller().assume(emr.aws().iam().addRoleWithPath("/teams/", "dev"));
        emr.aws().caller().restrictTo(ALL, denying("iam:GetRole"));

        assertThat(check().err().lines().filter(line -> line.contains("permissions")))
                .containsExactly("warning: Not checked: the caller's permissions. Could not simulate the policies of"
                        + " arn:aws:iam::123456789012:role/dev. NoSuchEntity: The entity"
                        + " arn:aws:iam::123456789012:role/dev cannot be found.");
    }

    @Test
    void doesNotSimulateRootAndFederatedUsers() {
        emr.aws().caller().become("arn:aws:iam::123456789012:root");

        assertThat(check().err()).isEmpty();

        emr.aws().caller().become("arn:aws:sts::123456789012:federated-user/me");

        assertThat(check().err())
                .isEqualTo("warning: Not checked: the caller's permissions. IAM simulates the policies of users and"
                        + " roles, and arn:aws:sts::123456789012:federated-user/me is neither.\n");
        assertThat(emr.aws().calls().named("SimulatePrincipalPolicy")).isEmpty();
    }

    @Test
    void createClusterDoesNotSimulate() {
        emr.create();

        assertThat(emr.aws().calls().named("SimulatePrincipalPolicy")).isEmpty();
    }

    @Test
    void warnsOnceWhenIamDoesNotAnswer() {
        emr.aws().faults().add(Fault.unavailable(), Calls.named("SimulatePrincipalPolicy"));

        assertThat(check().err())
                .startsWith("warning: Not checked: the caller's permissions. Could not simulate")
                .hasLineCount(1);
    }
}
