package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.emrelay.runner.platform.aws.client.AdvancingClock;
import org.emrelay.runner.platform.aws.client.ScriptedAws;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** EMR has one error code for all that is wrong: whether a security configuration exists is asked, not read from words. */
final class SecurityConfigurationsTest {
    private static final String FOUND = "{\"Name\":\"demo\",\"SecurityConfiguration\":\"{}\"}";

    private final ScriptedAws server = new ScriptedAws();

    @AfterEach
    void stop() {
        server.close();
    }

    private SecurityConfigurations configurations() {
        return new SecurityConfigurations(server.context(new AdvancingClock("2026-11-21T03:45:12Z")));
    }

    private static SecurityConfigurationSpec spec() {
        return new SecurityConfigurationSpec("demo", Map.of());
    }

    @Test
    void replacesAnExistingOneWhateverEmrCallsIt() {
        server.fail("CreateSecurityConfiguration", "InvalidRequestException", "demo: taken")
                .respond("DescribeSecurityConfiguration", 200, FOUND)
                .respond("DeleteSecurityConfiguration", 200, "{}")
                .respond("CreateSecurityConfiguration", 200, FOUND);

        configurations().create(spec());

        assertThat(server.calls())
                .containsExactly(
                        "CreateSecurityConfiguration",
                        "DescribeSecurityConfiguration",
                        "DeleteSecurityConfiguration",
                        "CreateSecurityConfiguration");
    }

    @Test
    void reportsTheErrorOfOneThatDoesNotExist() {
        server.fail("CreateSecurityConfiguration", "InvalidRequestException", "The KMS key already exists elsewhere.")
                .fail("DescribeSecurityConfiguration", "InvalidRequestException", "demo: no such thing");

        assertThatThrownBy(() -> configurations().create(spec()))
                .hasMessage("Could not create security configuration demo. InvalidRequestException: The KMS key already"
                        + " exists elsewhere.");
    }

    @Test
    void countsAsDeletedIfItDoesNotExist() {
        server.fail("DeleteSecurityConfiguration", "InvalidRequestException", "demo: no such thing")
                .fail("DescribeSecurityConfiguration", "InvalidRequestException", "demo: no such thing");

        assertThat(configurations().delete("demo")).isFalse();
    }

    @Test
    void reportsADeletionThatIsRefused() {
        server.fail("DeleteSecurityConfiguration", "InvalidRequestException", "not now")
                .respond("DescribeSecurityConfiguration", 200, FOUND);

        assertThatThrownBy(() -> configurations().delete("demo"))
                .hasMessage("Could not delete security configuration demo. InvalidRequestException: not now.");
    }
}
