package org.emrelay.runner.platform.emr.identity;

import java.time.Duration;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.access.AwsFault.Kind;

/** How things of IAM are removed: what is gone already is fine, and what another one still refers to is asked for again for a while. */
final class IdentityRemoval {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private IdentityRemoval() {}

    static void ifThere(Aws aws, String asked, Runnable call) {
        try {
            aws.patience().ask(asked, fault -> fault.is(Kind.IN_USE), SETTLING, () -> {
                call.run();
                return Boolean.TRUE;
            });
        } catch (AwsFault fault) {
            if (!fault.is(Kind.ABSENT)) {
                throw fault;
            }
        }
    }
}
