package org.emrelay.runner.platform.aws.client;

import java.util.Objects;

/** AWS as it is spoken to: the clients, and how long one asks. */
public record AwsContext(AwsClients clients, AwsRetry patience) {
    public AwsContext {
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(patience, "patience");
    }
}
