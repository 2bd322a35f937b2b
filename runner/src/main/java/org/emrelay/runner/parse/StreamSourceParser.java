package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.parse.StreamFile.SourceEntry;
import org.jspecify.annotations.Nullable;

/** Parses the source of a stream. */
record StreamSourceParser(Problems problems, Path directory) {
    private static final String JETSTREAM_URL = "wss://jetstream2.us-east.bsky.network/subscribe";
    private static final String X_URL = "https://api.x.com/2";
    private static final String TOKEN = "X_BEARER_TOKEN";
    private static final List<String> POSTS = List.of("app.bsky.feed.post");

    /** A namespaced identifier, or all below a prefix of one. */
    private static final Pattern COLLECTION = Pattern.compile("[a-z0-9-]+(\\.[A-Za-z0-9-]+)+(\\.\\*)?");

    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,99}");
    private static final double MAX_RATE = 1_000_000;

    /** The keys of each type. */
    private static final Map<String, Set<String>> KEYS = keys();

    private static Map<String, Set<String>> keys() {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        keys.put("jetstream", Set.of("url", "collections", "start"));
        keys.put("x", Set.of("url", "token"));
        keys.put("replay", Set.of("path", "rate"));
        keys.put("synthetic", Set.of("rate", "seed", "posts"));
        return keys;
    }

    @Nullable
    StreamSource parse(SourceEntry entry) {
        String type = problems.oneOf(entry.type(), List.copyOf(KEYS.keySet()), "source.type");
        if (type == null) {
            return null;
        }
        checkKeys(entry, type);
        return switch (type) {
            case "jetstream" -> jetstream(entry);
            case "x" -> x(entry);
            case "replay" -> replay(entry);
            default -> synthetic(entry);
        };
    }

    private void checkKeys(SourceEntry entry, String type) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("url", entry.url() != null);
        given.put("collections", !entry.collections().isEmpty());
        given.put("start", entry.start() != null);
        given.put("token", entry.token() != null);
        given.put("path", entry.path() != null);
        given.put("rate", entry.rate() != null);
        given.put("seed", entry.seed() != null);
        given.put("posts", entry.posts() != null);
        Set<String> known = Objects.requireNonNull(KEYS.get(type));
        given.forEach((key, isGiven) -> {
            if (isGiven && !known.contains(key)) {
                problems.error("source." + key, "is not a key of source type " + type + ".", "Remove it.");
            }
        });
    }

    private @Nullable StreamSource jetstream(SourceEntry entry) {
        URI url = url(entry.url(), JETSTREAM_URL, List.of("wss", "ws"));
        List<String> collections = problems.allMatching(
                entry.collections(), COLLECTION, "a collection, such as app.bsky.feed.post", "source.collections");
        Instant start = start(entry.start());
        return url == null ? null : new StreamSource.Jetstream(url, collections.isEmpty() ? POSTS : collections, start);
    }

    private @Nullable Instant start(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException malformed) {
            problems.error(
                    "source.start", quoted(text) + " is not a time with a zone.", "Example: 2026-12-01T06:00:00Z.");
            return null;
        }
    }

    private @Nullable StreamSource x(SourceEntry entry) {
        URI url = url(entry.url(), X_URL, List.of("https", "http"));
        String token = entry.token() == null ? TOKEN : entry.token();
        if (!VARIABLE.matcher(token).matches()) {
            // The value may be the token itself, so it is not printed.
            problems.error(
                    "source.token",
                    "is not the name of an environment variable.",
                    "Put the bearer token into a variable such as " + TOKEN + ", never into a file, and set this key"
                            + " to the name of the variable.");
        }
        return url == null ? null : new StreamSource.X(url, token);
    }

    private @Nullable URI url(@Nullable String text, String fallback, List<String> schemes) {
        try {
            URI url = new URI(text == null ? fallback : text);
            if (url.getHost() != null && url.getUserInfo() == null && schemes.contains(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported below.
        }
        problems.error(
                "source.url",
                "is not a URL with " + schemes.get(0) + "://, a host and no credentials.",
                "Remove it for " + fallback + ".");
        return null;
    }

    private @Nullable StreamSource replay(SourceEntry entry) {
        Double rate = rate(entry);
        if (entry.path() == null) {
            problems.error("source.path", "required key is missing.", "Name a file or a directory of JSON lines.");
            return null;
        }
        try {
            Path path = directory.resolve(entry.path()).normalize();
            if (Files.isReadable(path) && !entry.path().isBlank()) {
                return new StreamSource.Replay(path, rate);
            }
            problems.error("source.path", path + " not found.", LocalFiles.missingFileHint(path));
        } catch (InvalidPathException invalid) {
            problems.error("source.path", quoted(entry.path()) + " is not a valid local path.");
        }
        return null;
    }

    private StreamSource synthetic(SourceEntry entry) {
        if (entry.posts() != null && entry.posts() < 1) {
            problems.error("source.posts", "must be at least 1, not " + entry.posts() + ".");
        }
        return new StreamSource.Synthetic(
                rate(entry),
                entry.seed() == null ? 1 : entry.seed(),
                entry.posts() == null ? null : Long.valueOf(entry.posts()));
    }

    private @Nullable Double rate(SourceEntry entry) {
        Double rate = entry.rate();
        if (rate != null && !(rate > 0 && rate <= MAX_RATE)) {
            problems.error(
                    "source.rate",
                    "must be more than 0 and at most 1,000,000 posts per second, not " + rate + ".",
                    "Remove it for full speed.");
        }
        return rate;
    }
}
