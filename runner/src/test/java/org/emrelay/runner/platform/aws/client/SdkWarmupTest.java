package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.emrelay.runner.fakeaws.FakeAws;
import org.junit.jupiter.api.Test;

final class SdkWarmupTest {
    @Test
    void runsThroughTheSdkWithoutNetworkAccess() {
        Map<String, String> dummyKeys = Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key");
        try (FakeAws aws = FakeAws.start();
                AwsClients clients = new AwsClients(new AwsSettings("us-east-1", null, aws.endpoint(), dummyKeys))) {
            SdkWarmup.of(clients.s3());
            SdkWarmup.of(clients.emr());
            assertPasses(() -> SdkWarmup.of(clients.iam()));
            assertPasses(() -> SdkWarmup.of(clients.ec2()));

            assertThat(aws.calls().all()).isEmpty();
            clients.sts().getCallerIdentity();
            assertThat(aws.calls().all()).hasSize(1);
        }
    }

    /** The empty response may be invalid for the service, which does not matter. */
    private static void assertPasses(Runnable warmup) {
        try {
            warmup.run();
        } catch (software.amazon.awssdk.core.exception.SdkException unparsable) {
            assertThat(unparsable).isNotNull();
        }
    }
}
