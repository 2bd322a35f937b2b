package org.emrelay.jobs.churn.clean;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Converts the lines of a task to events, plus one count row per drop reason.
 *
 * <p>As rows, the counts are correct even if Spark repeats the task; an accumulator before a shuffle would count
 * again.
 */
final class LineParser {
    static final String DAY = "day";
    static final String BUCKET = "bucket";
    static final String REASON = "reason";
    static final String LINES = "lines";
    static final StructType SCHEMA = StructType.fromDDL(
            "user_id string, session_id bigint, item_in_session int, ts bigint, page string, auth string, level string,"
                    + " gender string, registration bigint, location string, region string, system string, platform string,"
                    + " song string, artist string, length double, method string, status int,"
                    + " day int, bucket int, reason string, lines bigint");

    private static final int COUNT_COLUMNS = 2;
    private static final int MAX_CACHED_AGENTS = 10_000;
    private static final Pattern INTEGER_AS_DECIMAL = Pattern.compile("^(\\d+)\\.0$");
    private static final long MILLIS_PER_DAY = 86_400_000L;
    /** The year 2000; timestamps in seconds are before it. */
    private static final long MIN_TIME = 946_684_800_000L;

    private final int buckets;
    private final long nowMillis;
    private final RawEvent event = new RawEvent();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Map<String, UserAgent> agents = new HashMap<>();

    /**
     * @param buckets the number of buckets into which the users of a day are divided
     * @param nowMillis the current time in milliseconds since 1970; later events are rejected, because one wrong
     *     clock would move the end of the log
     */
    LineParser(int buckets, long nowMillis) {
        this.buckets = buckets;
        this.nowMillis = nowMillis;
    }

    Iterator<Row> of(Iterator<String> lines) {
        return new Iterator<>() {
            private @Nullable Row next;
            private @Nullable Iterator<Row> countRows;

            @Override
            public boolean hasNext() {
                while (next == null && lines.hasNext()) {
                    next = row(lines.next());
                }
                if (next == null && countRows == null) {
                    countRows = countRows();
                }
                return next != null || (countRows != null && countRows.hasNext());
            }

            @Override
            public Row next() {
                Row row = hasNext() ? next : null;
                next = null;
                if (row != null) {
                    return row;
                }
                return countRows == null ? Collections.<Row>emptyIterator().next() : countRows.next();
            }
        };
    }

    private Iterator<Row> countRows() {
        return dropped.entrySet().stream()
                .map(reason -> {
                    @Nullable Object[] values = new @Nullable Object[SCHEMA.length()];
                    values[SCHEMA.length() - COUNT_COLUMNS] = reason.getKey().toString();
                    values[SCHEMA.length() - 1] = reason.getValue();
                    return RowFactory.create(values);
                })
                .iterator();
    }

    private @Nullable Row row(String line) {
        if (line.isBlank()) {
            return null;
        }
        DropReason reason = dropReason(line);
        if (reason != null) {
            dropped.merge(reason, 1L, Long::sum);
            return null;
        }
        return row();
    }

    private @Nullable DropReason dropReason(String line) {
        if (!event.read(line)) {
            return DropReason.UNREADABLE;
        }
        if (event.text(RawColumn.USER) == null) {
            return DropReason.EMPTY_USER;
        }
        // Neither identifies a user; the full log has all guests under one user id.
        String auth = event.text(RawColumn.AUTH);
        if (auth != null && (auth.equalsIgnoreCase("Logged Out") || auth.equalsIgnoreCase("Guest"))) {
            return DropReason.LOGGED_OUT;
        }
        if (time(RawColumn.TIME) == null) {
            return DropReason.BAD_TIMESTAMP;
        }
        return event.text(RawColumn.PAGE) == null ? DropReason.NO_PAGE : null;
    }

    private Row row() {
        String user = user();
        Long time = time(RawColumn.TIME);
        String location = event.text(RawColumn.LOCATION);
        UserAgent agent = agent(event.text(RawColumn.USER_AGENT));
        return RowFactory.create(
                user,
                session(),
                integer(RawColumn.ITEM),
                time,
                event.text(RawColumn.PAGE),
                event.text(RawColumn.AUTH),
                event.text(RawColumn.LEVEL),
                event.text(RawColumn.GENDER),
                time(RawColumn.REGISTRATION),
                location,
                region(location),
                agent == null ? null : agent.system(),
                agent == null ? null : agent.platform(),
                event.text(RawColumn.SONG),
                event.text(RawColumn.ARTIST),
                event.number(RawColumn.LENGTH),
                event.text(RawColumn.METHOD),
                integer(RawColumn.STATUS),
                time == null ? null : (int) (time / MILLIS_PER_DAY),
                user == null ? 0 : Math.floorMod(user.hashCode(), buckets),
                null,
                null);
    }

    /** Converts ids such as 39.0, an artifact of other programs, back to 39. */
    private @Nullable String user() {
        String user = event.text(RawColumn.USER);
        return user == null ? null : INTEGER_AS_DECIMAL.matcher(user.strip()).replaceFirst("$1");
    }

    /** Returns the session number, or a hash if the session id is not a number. */
    private @Nullable Long session() {
        Long number = event.whole(RawColumn.SESSION);
        String text = event.text(RawColumn.SESSION);
        return number != null || text == null
                ? number
                : Long.valueOf(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                        .getMostSignificantBits());
    }

    private @Nullable Long time(RawColumn column) {
        Long time = event.whole(column);
        return time == null || time < MIN_TIME || time > nowMillis + MILLIS_PER_DAY ? null : time;
    }

    private @Nullable Integer integer(RawColumn column) {
        Long number = event.whole(column);
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    /** Returns the state or states after the comma. */
    private static @Nullable String region(@Nullable String location) {
        if (location == null) {
            return null;
        }
        String region = location.substring(location.lastIndexOf(',') + 1).strip();
        return region.isEmpty() || region.length() == location.length() ? null : region.toUpperCase(Locale.ROOT);
    }

    private @Nullable UserAgent agent(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (agents.size() > MAX_CACHED_AGENTS) {
            agents.clear();
        }
        return agents.computeIfAbsent(text, UserAgent::of);
    }
}
