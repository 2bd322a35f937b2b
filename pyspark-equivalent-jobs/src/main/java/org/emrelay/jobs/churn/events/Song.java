package org.emrelay.jobs.churn.events;

import java.util.Objects;

/**
 * A song.
 *
 * @param seconds the duration
 */
record Song(String artist, String title, double seconds) {
    Song {
        Objects.requireNonNull(artist, "artist");
        Objects.requireNonNull(title, "title");
    }
}
