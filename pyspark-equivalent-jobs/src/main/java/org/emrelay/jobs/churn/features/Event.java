package org.emrelay.jobs.churn.features;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** One row of {@link EncodedEvents}. */
record Event(
        long micros,
        long session,
        int page,
        @Nullable Integer status,
        @Nullable Long registration,
        @Nullable String level,
        @Nullable String gender,
        @Nullable String region,
        @Nullable String system,
        @Nullable String platform,
        @Nullable Long artist,
        @Nullable Long song,
        @Nullable Double length) {

    static Event of(Row row) {
        return new Event(
                row.getLong(1),
                row.getLong(2),
                row.getInt(4),
                (Integer) row.get(5),
                (Long) row.get(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                (Long) row.get(12),
                (Long) row.get(13),
                (Double) row.get(14));
    }

    boolean isChurn() {
        return page == EncodedEvents.CHURN;
    }

    /** Returns false for the events of a cancellation itself, which must not leak into features. */
    boolean isFeatureEvent() {
        return page >= EncodedEvents.UNKNOWN_PAGE;
    }

    /** Returns false for pages without a feature, which still count as activity. */
    boolean hasKnownPage() {
        return page > EncodedEvents.UNKNOWN_PAGE;
    }
}
