package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;

/** How things of IAM are removed: what is gone already is fine, and what another one still refers to is asked for again for a while. */
final class IdentityRemoval {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private IdentityRemoval() {}

    static void ifThere(AwsContext aws, String asked, Runnable call) {
        try {
            aws.patience().ask(asked, fault -> fault.is(Kind.IN_USE), SETTLING, () -> {
                call.run();
                return Boolean.TRUE;
            });
        } catch (AwsException fault) {
            if (!fault.is(Kind.ABSENT)) {
                throw fault;
            }
        }
    }
}
