package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;

/** Deletes IAM resources: retries delete conflicts and ignores resources that are already gone. */
final class IamDeletion {
    private static final Duration CONFLICT_BUDGET = Duration.ofMinutes(2);

    private IamDeletion() {}

    static void ignoringNotFound(AwsContext aws, String operation, Runnable call) {
        try {
            aws.retry().call(operation, fault -> fault.is(Kind.CONFLICT), CONFLICT_BUDGET, () -> {
                call.run();
                return Boolean.TRUE;
            });
        } catch (AwsException fault) {
            if (!fault.is(Kind.NOT_FOUND)) {
                throw fault;
            }
        }
    }
}
