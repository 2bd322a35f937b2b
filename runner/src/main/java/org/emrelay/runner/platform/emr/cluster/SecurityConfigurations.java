package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.emr.blueprint.SecurityConfigurationSpec;

/** EMR's security configurations. They take no tags: the workspace's id in their name is all that tells whose they are. */
public final class SecurityConfigurations {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final AwsContext aws;

    public SecurityConfigurations(AwsContext aws) {
        this.aws = aws;
    }

    /** Makes it; one that an earlier creation of this cluster left may say something else, so it is made anew. */
    public void create(SecurityConfigurationSpec draft) {
        if (!make(draft)) {
            delete(draft.name());
            make(draft);
        }
    }

    /** False when one of this name is there, be it by a call whose answer was lost. */
    private boolean make(SecurityConfigurationSpec draft) {
        try {
            aws.patience()
                    .ask(
                            "create the security configuration " + draft.name(),
                            () -> aws.clients()
                                    .emr()
                                    .createSecurityConfiguration(request -> request.name(draft.name())
                                            .securityConfiguration(JsonWriter.line(draft.document()))));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_THERE)) {
                return false;
            }
            throw fault;
        }
    }

    /** Removes it; false when there was none. A server that knows no security configurations has none either. */
    public boolean delete(String name) {
        try {
            aws.patience()
                    .ask(
                            "remove the security configuration " + name,
                            fault -> fault.said().contains("in use"),
                            SETTLING,
                            () -> aws.clients().emr().deleteSecurityConfiguration(request -> request.name(name)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ABSENT) || fault.is(Kind.UNKNOWN_CALL)) {
                return false;
            }
            throw fault;
        }
    }
}
