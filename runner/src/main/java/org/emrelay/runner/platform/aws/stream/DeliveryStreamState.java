package org.emrelay.runner.platform.aws.stream;

import java.util.Arrays;

/** The state of a delivery stream. The names are Firehose's. */
public enum DeliveryStreamState {
    CREATING,
    CREATING_FAILED,
    ACTIVE,
    DELETING,
    DELETING_FAILED,
    SUSPENDED,
    /** A state that this version does not know. */
    UNKNOWN;

    static DeliveryStreamState of(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
