package org.emrelay.runner.stream.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.jspecify.annotations.Nullable;

/**
 * Records that are created on Bluesky, as Jetstream sends them.
 *
 * <p>The position is the time of the last message in microseconds, which is Jetstream's cursor. Servers repeat all messages from the time of the
 * cursor on. Some start up to an hour before it (bluesky-social/jetstream#343), and may send a message too early when they switch from old
 * messages to live ones (jetstream-legacy#42): hence the rewind and the memory of posts.
 */
public final class JetstreamSource extends ReconnectingSource {
    /** How far a reconnect goes back. The posts of this time are in memory, and are dropped. */
    private static final long REWIND_MICROS = 2_000_000;

    /** If the first message is further after the cursor, the server no longer has the messages in between. */
    private static final Duration UNSUSPICIOUS = Duration.ofMinutes(1);

    private static final int REMEMBERED_POSTS = 100_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final StreamSource.Jetstream source;
    private final SourceLimits limits;
    private final RandomGenerator random;
    private final SourceHttpClient http;
    private final Backoff backoff = Backoff.exponential(FIRST_PAUSE, LONGEST_PAUSE);
    private final RecentKeys recent = new RecentKeys(REMEMBERED_POSTS);

    private @Nullable Long position;
    private Origin origin;
    private boolean awaitsFirst;
    private long catchUpUntil;
    private volatile Duration gap = Duration.ZERO;

    /** The origin of the position. */
    private enum Origin {
        /** The time of the first connection, so that no messages are lost if it breaks immediately. */
        LOCAL_CLOCK,
        DEFINITION,
        SAVED,
        MESSAGE
    }

    JetstreamSource(
            StreamSource.Jetstream source,
            @Nullable Position position,
            SourceLimits limits,
            Clock clock,
            Sleeper sleeper,
            RandomGenerator random) {
        super(clock, sleeper, limits.idle());
        this.source = source;
        this.limits = limits;
        this.random = random;
        if (position != null) {
            this.position = Positions.number(position, position.value());
            origin = Origin.SAVED;
        } else if (source.start() != null) {
            this.position = micros(source.start());
            origin = Origin.DEFINITION;
        } else {
            origin = Origin.LOCAL_CLOCK;
        }
        http = new SourceHttpClient("jetstream", limits.request());
    }

    /**
     * Creates a source that connects at the first read.
     *
     * @param position where to continue; null for the start in the definition, or for now
     */
    public static JetstreamSource open(
            StreamSource.Jetstream source,
            @Nullable Position position,
            Clock clock,
            Sleeper sleeper,
            RandomGenerator random) {
        return new JetstreamSource(source, position, SourceLimits.DEFAULT, clock, sleeper, random);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    @Override
    Connection connect() throws ConnectionLostException, InterruptedException {
        long now = micros(clock().instant());
        Long from = position;
        if (from == null) {
            position = now;
        } else if (origin == Origin.MESSAGE) {
            from -= REWIND_MICROS;
        }
        awaitsFirst = from != null;
        // With a cursor in its future, the server starts with live messages, which are before the cursor.
        boolean plausible = from != null && from <= now + UNSUSPICIOUS.toSeconds() * 1_000_000;
        catchUpUntil = from != null && plausible && origin != Origin.LOCAL_CLOCK ? from : Long.MIN_VALUE;
        return JetstreamConnection.open(http, url(from), limits, malformed());
    }

    private URI url(@Nullable Long cursor) {
        StringJoiner query = new StringJoiner("&");
        if (source.url().getRawQuery() != null) {
            query.add(source.url().getRawQuery());
        }
        for (String collection : source.collections()) {
            query.add("wantedCollections=" + URLEncoder.encode(collection, StandardCharsets.UTF_8));
        }
        if (cursor != null) {
            query.add("cursor=" + cursor);
        }
        String base = source.url().toString().replaceAll("[?#].*", "");
        return URI.create(query.length() == 0 ? base : base + "?" + query);
    }

    @Override
    Optional<Post> accept(byte[] bytes) {
        JetstreamMessage message = JetstreamMessage.parse(bytes).orElse(null);
        if (message == null) {
            malformed().incrementAndGet();
            return Optional.empty();
        }
        noteFirst(message.time());
        boolean wanted = message.isCreatedIn(source.collections());
        if (message.time() < catchUpUntil) {
            return dropped(wanted && origin != Origin.DEFINITION);
        }
        catchUpUntil = Long.MIN_VALUE;
        position = message.time();
        origin = Origin.MESSAGE;
        if (!wanted || !recent.add(message.key())) {
            return dropped(wanted);
        }
        postedAt(Instant.EPOCH.plus(message.time(), ChronoUnit.MICROS));
        return Optional.of(new Post(oneLine(bytes), new Position(Long.toString(message.time()))));
    }

    private Optional<Post> dropped(boolean seenBefore) {
        if (seenBefore) {
            countRepeated();
        }
        return Optional.empty();
    }

    private void noteFirst(long time) {
        if (awaitsFirst && position != null) {
            Duration after = Duration.of(time - position, ChronoUnit.MICROS);
            if (after.compareTo(UNSUSPICIOUS) > 0) {
                gap = gap.plus(after);
            }
        }
        awaitsFirst = false;
    }

    /** In JSON, line breaks are only white space between values. */
    private static byte[] oneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    @Override
    Duration pause(ConnectionLostException lost, boolean lasted) {
        if (lasted) {
            backoff.reset();
        }
        Duration pause = backoff.next();
        // Jitter: otherwise, all clients of a restarted server would reconnect at the same moment.
        return pause.dividedBy(2).plus(Duration.ofMillis((long) (random.nextDouble() * pause.toMillis() / 2)));
    }

    @Override
    Duration gap() {
        return gap;
    }

    @Override
    void closeClient() {
        http.close();
    }
}
