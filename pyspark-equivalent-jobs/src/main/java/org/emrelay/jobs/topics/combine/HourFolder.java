package org.emrelay.jobs.topics.combine;

import java.util.Objects;

/**
 * The Parquet files with the posts of one hour.
 *
 * @param hour in UTC, such as {@code 2026-11-20T13}
 * @param uri the absolute URI of the folder
 * @param bytes the total size of the files
 */
public record HourFolder(String hour, String uri, long posts, long bytes) {
    public HourFolder {
        Objects.requireNonNull(hour, "hour");
        Objects.requireNonNull(uri, "uri");
    }
}
