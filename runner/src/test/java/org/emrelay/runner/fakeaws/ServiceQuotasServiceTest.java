package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.emrelay.runner.fakeaws.wire.JsonTrees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceQuotasServiceTest {
    private final FakeAws aws = FakeAws.start();

    @AfterEach
    void close() {
        aws.close();
    }

    private HttpResponse<String> get(String code) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .header("X-Amz-Target", "ServiceQuotasV20190624.GetServiceQuota")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=key/20261121/us-east-1/servicequotas/aws4_request, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"ServiceCode\": \"ec2\", \"QuotaCode\": \"" + code + "\"}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void returnsTheQuotaThatTheTestSets() throws Exception {
        aws.quotas().onDemandVcpus(32);

        assertThat(JsonTrees.read(get("L-1216C47A").body()).tree("Quota").number("Value", 0))
                .isEqualTo(32);
        assertThat(get("L-0").statusCode()).isEqualTo(400);
    }
}
