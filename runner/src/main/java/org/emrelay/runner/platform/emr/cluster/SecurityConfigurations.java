package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;

/** Creates and deletes EMR security configurations. They take no tags; only the name identifies the owner. */
public record SecurityConfigurations(AwsContext aws) {
    private static final Duration IN_USE_BUDGET = Duration.ofMinutes(2);

    /** Creates it. One left by an earlier creation may differ, so it is deleted and created again. */
    public void create(SecurityConfigurationSpec spec) {
        if (!tryCreate(spec)) {
            delete(spec.name());
            tryCreate(spec);
        }
    }

    /** Returns false if the name already exists, possibly from a call whose response was lost. */
    private boolean tryCreate(SecurityConfigurationSpec spec) {
        return aws.create(
                        "create security configuration " + spec.name(),
                        () -> aws.emr()
                                .createSecurityConfiguration(request -> request.name(spec.name())
                                        .securityConfiguration(JsonWriter.line(spec.document()))))
                .isPresent();
    }

    /** Deletes it. Returns false if it does not exist, or if the endpoint does not support security configurations. */
    public boolean delete(String name) {
        return AwsException.handle(
                () -> aws.delete(
                        "delete security configuration " + name,
                        IN_USE_BUDGET,
                        () -> aws.emr().deleteSecurityConfiguration(request -> request.name(name))),
                unsupported -> false,
                Kind.UNSUPPORTED_OPERATION);
    }
}
