package org.emrelay.runner.platform.aws.client;

import java.util.Objects;

/** The AWS clients and the retry policy of a command. */
public record AwsContext(AwsClients clients, AwsRetry retry) {
    public AwsContext {
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(retry, "retry");
    }
}
