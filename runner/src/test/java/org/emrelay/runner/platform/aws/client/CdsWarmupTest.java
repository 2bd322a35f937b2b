package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.emrelay.runner.fakeaws.FakeAws;
import org.junit.jupiter.api.Test;

final class CdsWarmupTest {
    @Test
    void goesThroughTheSdkAndNeverOntoTheNetwork() {
        Map<String, String> nobodysKeys = Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key");
        try (FakeAws aws = FakeAws.start();
                AwsClients clients = new AwsClients(new AwsSettings("us-east-1", null, aws.endpoint(), nobodysKeys))) {
            Rehearsal.of(clients.s3());
            Rehearsal.of(clients.emr());
            assertPasses(() -> Rehearsal.of(clients.iam()));
            assertPasses(() -> Rehearsal.of(clients.ec2()));

            assertThat(aws.calls().all()).isEmpty();
            clients.sts().getCallerIdentity();
            assertThat(aws.calls().all()).hasSize(1);
        }
    }

    /** An empty answer may not be one of the service: that is no matter. */
    private static void assertPasses(Runnable rehearsal) {
        try {
            rehearsal.run();
        } catch (software.amazon.awssdk.core.exception.SdkException unread) {
            assertThat(unread).isNotNull();
        }
    }
}
