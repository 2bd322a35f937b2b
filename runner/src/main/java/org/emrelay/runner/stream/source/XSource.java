package org.emrelay.runner.stream.source;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.json.JsonScanner;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;

/**
 * Posts of X's filtered stream. X has no cursor for pay-per-use apps: posts between two connections are lost, and the time between them is the
 * gap. The position is the id of the last post, but no connection can continue from it.
 */
public final class XSource extends ReconnectingSource {
    private static final int REMEMBERED_POSTS = 100_000;
    private static final int DELETE_ATTEMPTS = 5;
    private static final int MAX_ANNOUNCEMENT = 64 << 10;

    private final List<XRules.Rule> rules;
    private final Sleeper sleeper;
    private final SourceHttpClient http;
    private final XClient client;
    private final XRuleSync ruleSync;
    private final XBackoff backoff;
    private final RecentKeys recent = new RecentKeys(REMEMBERED_POSTS);
    private boolean rulesApplied;
    private volatile int foreignRules;

    XSource(
            String stream,
            StreamSource.X source,
            List<XRules.Rule> rules,
            BearerToken token,
            SourceLimits limits,
            Clock clock,
            Sleeper sleeper) {
        super(clock, sleeper, limits.idle());
        this.rules = rules;
        this.sleeper = sleeper;
        http = new SourceHttpClient("x", limits.request());
        client = new XClient(http, source.url(), token, limits);
        ruleSync = new XRuleSync(client, stream);
        backoff = new XBackoff(clock);
    }

    /**
     * Creates a source that connects at the first read.
     *
     * @param stream the name of the stream, which tags its rules
     * @param environment contains the bearer token
     */
    public static XSource open(
            String stream,
            StreamSource.X source,
            List<String> track,
            List<String> languages,
            Map<String, String> environment,
            Clock clock,
            Sleeper sleeper) {
        return new XSource(
                stream,
                source,
                XRules.of(track, languages),
                BearerToken.read(source.token(), environment),
                SourceLimits.DEFAULT,
                clock,
                sleeper);
    }

    @Override
    Connection connect() throws ConnectionLostException, InterruptedException {
        if (!rulesApplied) {
            foreignRules = ruleSync.apply(rules);
            rulesApplied = true;
        }
        try {
            return client.stream(malformed());
        } catch (ConnectionLostException lost) {
            // The rules may have been deleted in the meantime.
            rulesApplied = lost.kind() != Cause.SERVER;
            throw lost;
        }
    }

    @Override
    Optional<Post> accept(byte[] line) throws ConnectionLostException {
        Map<String, String> fields = fields(line);
        String id = fields.getOrDefault("data.id", "");
        if (id.isEmpty()) {
            noPost(line);
            return Optional.empty();
        }
        if (!recent.add(id)) {
            countRepeated();
            return Optional.empty();
        }
        noteTime(fields.getOrDefault("data.created_at", ""));
        return Optional.of(new Post(line, new Position(id)));
    }

    private static Map<String, String> fields(byte[] line) {
        try {
            return JsonScanner.scan(line, Set.of("data.id", "data.created_at"));
        } catch (MalformedJsonException exception) {
            return Map.of();
        }
    }

    /** Handles a line that is not a post. X announces the end of a connection with an error object, alone or in a list. */
    private void noPost(byte[] line) throws ConnectionLostException {
        if (line.length <= MAX_ANNOUNCEMENT) {
            Optional<XProblem> end = XProblem.endOfStream(new String(line, StandardCharsets.UTF_8));
            if (end.isPresent()) {
                throw new ConnectionLostException(
                        end.get().isConnectionLimit() ? Cause.RATE_LIMIT : Cause.SERVER,
                        client.mask(end.get().said()));
            }
        }
        malformed().incrementAndGet();
    }

    private void noteTime(String created) {
        try {
            postedAt(Instant.parse(created));
        } catch (DateTimeException exception) {
            // The lag stays unknown; the post is kept.
        }
    }

    /** Deletes the rules of the stream on X, and returns their number. */
    public int deleteRules() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ruleSync.deleteAll();
            } catch (ConnectionLostException lost) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw new StreamException("X did not delete the rules (" + lost.reason() + "). Wait some minutes.");
                }
                sleeper.sleep(backoff.pause(lost, false));
            }
        }
    }

    @Override
    String connectedState() {
        int foreign = foreignRules;
        return foreign == 0
                ? "connected"
                : "connected; X also sends, and charges for, posts that " + foreign
                        + (foreign == 1 ? " other rule matches" : " other rules match");
    }

    @Override
    Duration pause(ConnectionLostException lost, boolean lasted) {
        return backoff.pause(lost, lasted);
    }

    @Override
    Duration gap() {
        return downtime();
    }

    @Override
    void closeClient() {
        http.close();
    }
}
