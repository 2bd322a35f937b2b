package org.emrelay.runner.platform.emr.access;

import java.util.Objects;

/** AWS as it is spoken to: the clients, and how long one asks. */
public record Aws(AwsClients clients, Patience patience) {
    public Aws {
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(patience, "patience");
    }
}
