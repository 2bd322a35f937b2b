package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Nodes may call the fake S3 as the policies of their role allow. */
final class NodeS3EndpointTest {
    private static final String DENIED = "User: nodes is not authorized to perform: %s on resource: arn:aws:s3:::%s"
            + " because no identity-based policy allows the %1$s action (Service: S3, Status Code: 403,";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final S3Client s3 = clients.s3OfNode("nodes");

    @BeforeEach
    void setUp() {
        aws.account().bucket("company");
        aws.account().instanceProfile("nodes");
        allow("arn:aws:s3:::company/team/*", "s3:GetObject", "s3:PutObject");
    }

    @AfterEach
    void close() {
        s3.close();
        clients.close();
        aws.close();
    }

    private void allow(String resource, String... actions) {
        clients.iam()
                .putRolePolicy(request -> request.roleName("nodes")
                        .policyName(actions[0].replace(':', '-'))
                        .policyDocument("""
                                {"Version": "2012-10-17", "Statement": [
                                  {"Effect": "Allow", "Action": ["%s"], "Resource": ["%s"]}]}
                                """.formatted(String.join("\", \"", actions), resource)));
    }

    private void put(String key) {
        s3.putObject(request -> request.bucket("company").key(key), RequestBody.fromString("text"));
    }

    @Test
    void allowsWhatTheRoleAllows() {
        put("team/a");

        assertThat(s3.getObjectAsBytes(request -> request.bucket("company").key("team/a"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void deniesWhatNoPolicyAllows() {
        assertThatThrownBy(() -> put("other/a"))
                .hasMessageStartingWith(DENIED.formatted("s3:PutObject", "company/other/a"));
        assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket("company")))
                .hasMessageStartingWith(DENIED.formatted("s3:ListBucket", "company"));
    }

    @Test
    void aMissingObjectIsDeniedToWhoMayNotList() {
        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket("company").key("team/none")))
                .hasMessageStartingWith(DENIED.formatted("s3:ListBucket", "company"));
        allow("arn:aws:s3:::company", "s3:ListBucket");

        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket("company").key("team/none")))
                .hasMessageStartingWith("The specified key does not exist.");
    }
}
