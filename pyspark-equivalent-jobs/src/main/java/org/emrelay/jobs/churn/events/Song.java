package org.emrelay.jobs.churn.events;

import java.util.Objects;

/**
 * What is played.
 *
 * @param seconds how long it takes
 */
record Song(String artist, String title, double seconds) {
    Song {
        Objects.requireNonNull(artist, "artist");
        Objects.requireNonNull(title, "title");
    }
}
