package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.emrelay.runner.platform.aws.client.AwsSettings.AwsService;
import org.junit.jupiter.api.Test;

final class AwsSettingsTest {
    @Test
    void serviceEndpointOverridesGlobalOneAndCommandLineOverridesBoth() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", "http://all:1", "AWS_ENDPOINT_URL_EMR", "http://emr:2");
        AwsSettings settings = new AwsSettings(null, null, null, environment);

        assertThat(settings.endpointOf(AwsService.EMR)).contains(URI.create("http://emr:2"));
        assertThat(settings.endpointOf(AwsService.S3)).contains(URI.create("http://all:1"));
        assertThat(new AwsSettings(null, null, URI.create("http://option:3"), environment).endpointOf(AwsService.EMR))
                .contains(URI.create("http://option:3"));
    }

    @Test
    void environmentEndpointsCanBeIgnored() {
        AwsSettings settings = new AwsSettings(
                null,
                null,
                null,
                Map.of("AWS_ENDPOINT_URL", "http://all:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

        assertThat(settings.endpointOf(AwsService.IAM)).isEmpty();
    }

    @Test
    void rejectsInvalidEndpoints() {
        for (String text : new String[] {"localhost:4566", "ftp://x", "http://", "http://a b", "http://u@h"}) {
            AwsSettings settings = new AwsSettings(null, null, null, Map.of("AWS_ENDPOINT_URL_IAM", text));
            assertThatThrownBy(() -> settings.endpointOf(AwsService.IAM))
                    .hasMessage(
                            "AWS_ENDPOINT_URL_IAM '" + text.replace("u@", "****@")
                                    + "' is not a valid endpoint: use a URL such as http://localhost:4566, without a user or password.");
        }
    }

    @Test
    void doesNotPrintThePasswordOfAnEndpoint() {
        assertThatThrownBy(() -> AwsSettings.endpoint("--endpoint-url", "http://me:hush@localhost:4566"))
                .hasMessage("--endpoint-url 'http://****@localhost:4566' is not a valid endpoint: use a URL such as"
                        + " http://localhost:4566, without a user or password.");
    }

    @Test
    void commandLineRegionOverridesEnvironment() {
        Map<String, String> environment = Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "eu-central-1");

        assertThat(new AwsSettings("us-west-2", null, null, environment).configuredRegion())
                .contains("us-west-2");
        assertThat(new AwsSettings(null, null, null, environment).configuredRegion())
                .contains("eu-central-1");
        assertThat(new AwsSettings(null, null, null, Map.of("AWS_DEFAULT_REGION", "eu-west-1")).configuredRegion())
                .contains("eu-west-1");
    }

    @Test
    void toStringOmitsTheSecretKeysOfTheEnvironment() {
        assertThat(new AwsSettings("us-east-1", null, null, Map.of("AWS_SECRET_ACCESS_KEY", "planted")))
                .hasToString("AwsSettings[region=us-east-1, profile=null, endpoint=null]");
    }
}
