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
 * Turns the lines of one task into events, and those that are none into one row for each reason with their number. As rows they
 * are counted once, however often Spark repeats the task; an accumulator in a task before a shuffle would count again.
 */
final class LineCleaner {
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
    private static final int MOST_AGENTS = 10_000;
    private static final Pattern NUMBER_MADE_DECIMAL = Pattern.compile("^(\\d+)\\.0$");
    private static final long MILLISECONDS_A_DAY = 86_400_000L;
    /** The year 2000: a time in seconds is before it. */
    private static final long FIRST_TIME = 946_684_800_000L;

    private final int buckets;
    private final long now;
    private final RawEvent event = new RawEvent();
    private final Map<Dropped, Long> dropped = new EnumMap<>(Dropped.class);
    private final Map<String, UserAgent> agents = new HashMap<>();

    /**
     * @param buckets among how many the users of one day are shared
     * @param now in milliseconds since 1970: nothing can have happened much later, and one event of a wrong clock would move the
     *     end of the log
     */
    LineCleaner(int buckets, long now) {
        this.buckets = buckets;
        this.now = now;
    }

    Iterator<Row> of(Iterator<String> lines) {
        return new Iterator<>() {
            private @Nullable Row next;
            private @Nullable Iterator<Row> counts;

            @Override
            public boolean hasNext() {
                while (next == null && lines.hasNext()) {
                    next = row(lines.next());
                }
                if (next == null && counts == null) {
                    counts = counts();
                }
                return next != null || (counts != null && counts.hasNext());
            }

            @Override
            public Row next() {
                Row row = hasNext() ? next : null;
                next = null;
                if (row != null) {
                    return row;
                }
                return counts == null ? Collections.<Row>emptyIterator().next() : counts.next();
            }
        };
    }

    private Iterator<Row> counts() {
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
        Dropped reason = problem(line);
        if (reason != null) {
            dropped.merge(reason, 1L, Long::sum);
            return null;
        }
        return row();
    }

    private @Nullable Dropped problem(String line) {
        if (!event.read(line)) {
            return Dropped.UNREADABLE;
        }
        if (event.text(RawColumn.USER) == null) {
            return Dropped.EMPTY_USER;
        }
        // Both stand for nobody in particular; the full log has them all under one user's id.
        String auth = event.text(RawColumn.AUTH);
        if (auth != null && (auth.equalsIgnoreCase("Logged Out") || auth.equalsIgnoreCase("Guest"))) {
            return Dropped.LOGGED_OUT;
        }
        if (time(RawColumn.TIME) == null) {
            return Dropped.BAD_TIMESTAMP;
        }
        return event.text(RawColumn.PAGE) == null ? Dropped.NO_PAGE : null;
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
                time == null ? null : (int) (time / MILLISECONDS_A_DAY),
                user == null ? 0 : Math.floorMod(user.hashCode(), buckets),
                null,
                null);
    }

    /** An id that became 39.0 on its way through another program is 39. */
    private @Nullable String user() {
        String user = event.text(RawColumn.USER);
        return user == null ? null : NUMBER_MADE_DECIMAL.matcher(user.strip()).replaceFirst("$1");
    }

    /** A number, or one made of what else tells sessions apart. */
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
        return time == null || time < FIRST_TIME || time > now + MILLISECONDS_A_DAY ? null : time;
    }

    private @Nullable Integer integer(RawColumn column) {
        Long number = event.whole(column);
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    /** The state or states, behind the comma. */
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
        if (agents.size() > MOST_AGENTS) {
            agents.clear();
        }
        return agents.computeIfAbsent(text, UserAgent::of);
    }
}
