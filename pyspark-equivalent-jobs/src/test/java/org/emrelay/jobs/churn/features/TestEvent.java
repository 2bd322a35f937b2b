package org.emrelay.jobs.churn.features;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.EventLog;
import org.jspecify.annotations.Nullable;

/** A cleaned event with defaults: a paying man from Ohio who registered on 2018-10-01. */
public record TestEvent(Map<String, @Nullable Object> values) {

    public TestEvent {
        values = new TreeMap<>(values);
    }

    static TestEvent of(String user, String time, String page) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        values.put(EventLog.USER, user);
        values.put(EventLog.SESSION, 1L);
        values.put(EventLog.ITEM, 0);
        values.put(EventLog.PAGE, page);
        values.put(EventLog.AUTH, page.equals("Cancellation Confirmation") ? "Cancelled" : "Logged In");
        values.put(EventLog.LEVEL, "paid");
        values.put(EventLog.GENDER, "M");
        values.put(EventLog.REGISTRATION, timestamp("2018-10-01T00:00:00Z"));
        values.put(EventLog.LOCATION, "Columbus, OH");
        values.put(EventLog.REGION, "OH");
        values.put(EventLog.SYSTEM, "Windows 7");
        values.put(EventLog.PLATFORM, "Windows");
        values.put(EventLog.METHOD, "GET");
        values.put(EventLog.STATUS, 200);
        return new TestEvent(values).with(EventLog.TIME, timestamp(time));
    }

    static TestEvent song(String user, String time, String artist, String song, double length) {
        return of(user, time, "NextSong")
                .with(EventLog.ARTIST, artist)
                .with(EventLog.SONG, song)
                .with(EventLog.LENGTH, length);
    }

    TestEvent with(String column, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new TreeMap<>(values);
        changed.put(column, value);
        if (value instanceof Timestamp time && column.equals(EventLog.TIME)) {
            changed.put(EventLog.DATE, Date.valueOf(LocalDate.ofInstant(time.toInstant(), ZoneOffset.UTC)));
        }
        return new TestEvent(changed);
    }

    TestEvent session(long session) {
        return with(EventLog.SESSION, session);
    }

    String user() {
        return String.valueOf(values.get(EventLog.USER));
    }

    Instant time() {
        return ((Timestamp) values.get(EventLog.TIME)).toInstant();
    }

    static Timestamp timestamp(String instant) {
        return Timestamp.from(Instant.parse(instant));
    }

    static Dataset<Row> table(List<TestEvent> events) {
        List<Row> rows = events.stream()
                .map(event -> RowFactory.create(List.of(EventLog.SCHEMA.fieldNames()).stream()
                        .map(event.values()::get)
                        .toArray()))
                .toList();
        return LocalSpark.session().createDataFrame(rows, EventLog.SCHEMA);
    }
}
