package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.fakeaws.iam.PolicyValidator;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.iam.CallerStatement;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/caller-policy.json} equal to the policy of the program; {@code -Dupdate.documents=true} rewrites it. That it
 * suffices is tested by {@code EmrCallerPolicyTest}.
 */
final class CallerPolicyTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "caller-policy.json");

    /** A managed policy has at most 6,144 characters without whitespace. */
    private static final int MAX_LENGTH = 6_144;

    /** Those without resource-level permissions, and those that only read. */
    private static final String ON_ANY_RESOURCE =
            "(ec2|elasticmapreduce|iam|pricing|s3|servicequotas):(Describe|Get|List).*"
                    + "|iam:SimulatePrincipalPolicy|elasticmapreduce:(Create|Delete)SecurityConfiguration";

    private static final CallerPolicy POLICY = CallerPolicy.ofAllClusters();

    @Test
    void theDocumentHasThePolicy() throws IOException {
        String policy = JsonWriter.pretty(POLICY.document());
        if (Boolean.getBoolean("update.documents")) {
            Files.writeString(DOCUMENT, policy);
        }

        assertThat(DOCUMENT).hasContent(policy);
    }

    @Test
    void fitsIntoAManagedPolicy() {
        String policy = JsonWriter.line(POLICY.document());

        assertThat(PolicyValidator.statements(policy)).hasSameSizeAs(POLICY.statements());
        assertThat(policy.length()).isLessThan(MAX_LENGTH);
    }

    @Test
    void changesOnlyWhatHasOurNamesOrTags() {
        for (CallerStatement statement : POLICY.statements()) {
            boolean isTagged = statement.condition().toString().contains("Tag/emrelay:workspace");
            if (!isTagged && statement.resources().contains("*")) {
                assertThat(statement.actions()).allMatch(action -> action.matches(ON_ANY_RESOURCE));
            }
            assertThat(statement.actions()).noneMatch(action -> action.contains("*"));
        }
    }

    /** An action in two statements must be for different resources. */
    @Test
    void allowsNothingTwice() {
        Set<String> grants = new TreeSet<>();
        POLICY.statements()
                .forEach(statement -> statement
                        .actions()
                        .forEach(action -> assertThat(grants.add(action + " on " + statement.resources()))
                                .as(action)
                                .isTrue()));
    }

    @Test
    void namesTheResourcesOfOneCluster() {
        ClusterResources resources =
                new ClusterResources(SampleClusters.repositoryRoot(), "demo", SampleClusters.SCOPE, DefaultKeys.NONE);

        assertThat(CallerPolicy.of(resources).statements())
                .extracting(statement -> statement.sid() + " " + String.join(" ", statement.resources()))
                .contains(
                        "ManageRoles arn:aws:iam::123456789012:role/emrelay-1a2b3c4d-us-east-1-demo-service"
                                + " arn:aws:iam::123456789012:role/emrelay-1a2b3c4d-us-east-1-demo-nodes",
                        "PassNodeRole arn:aws:iam::123456789012:role/emrelay-1a2b3c4d-us-east-1-demo-nodes",
                        "UseWorkspaces arn:aws:s3:::emrelay-123456789012-us-east-1-1a2b3c4d-demo/*")
                .noneMatch(statement -> statement.startsWith("CreateServiceLinkedRole"));
    }
}
