package org.emrelay.jobs.churn.events;

import java.util.Objects;

/**
 * The profile of a user as the service knows it.
 *
 * @param registeredAt in milliseconds since 1970
 */
record UserProfile(
        String id,
        String firstName,
        String lastName,
        String gender,
        String location,
        String userAgent,
        long registeredAt) {
    UserProfile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(firstName, "firstName");
        Objects.requireNonNull(lastName, "lastName");
        Objects.requireNonNull(gender, "gender");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(userAgent, "userAgent");
    }
}
