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
        boolean created = AwsException.handle(
                () -> tryCreate(spec),
                fault -> {
                    if (!exists(spec.name())) {
                        throw fault;
                    }
                    return false;
                },
                Kind.INVALID_REQUEST);
        if (!created) {
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

    /**
     * Whether it exists. EMR has one error code for every invalid request, and its words vary; the only reason to
     * refuse this one is an unknown name.
     */
    public boolean exists(String name) {
        return AwsException.handle(
                () -> aws.find(
                                "describe security configuration " + name,
                                () -> aws.emr().describeSecurityConfiguration(request -> request.name(name)))
                        .isPresent(),
                unknown -> false,
                Kind.INVALID_REQUEST);
    }

    /** Deletes it. Returns false if it does not exist, or if the endpoint does not support security configurations. */
    public boolean delete(String name) {
        return AwsException.handle(
                () -> aws.delete(
                        "delete security configuration " + name,
                        IN_USE_BUDGET,
                        () -> aws.emr().deleteSecurityConfiguration(request -> request.name(name))),
                fault -> {
                    if (fault.is(Kind.INVALID_REQUEST) && exists(name)) {
                        throw fault;
                    }
                    return false;
                },
                Kind.UNSUPPORTED_OPERATION,
                Kind.INVALID_REQUEST);
    }
}
