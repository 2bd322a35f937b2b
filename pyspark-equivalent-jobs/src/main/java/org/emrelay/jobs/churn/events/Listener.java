package org.emrelay.jobs.churn.events;

import java.util.Objects;

/**
 * Who a user is, as the service knows it.
 *
 * @param registeredAt in milliseconds since 1970
 */
record Listener(
        String id,
        String firstName,
        String lastName,
        String gender,
        String location,
        String userAgent,
        long registeredAt) {
    Listener {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(firstName, "firstName");
        Objects.requireNonNull(lastName, "lastName");
        Objects.requireNonNull(gender, "gender");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(userAgent, "userAgent");
    }
}
