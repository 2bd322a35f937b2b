package org.emrelay.runner.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The source of a stream's posts. */
public sealed interface StreamSource {
    /** The value of {@code type} in the stream file. */
    String type();

    /**
     * Bluesky's public firehose as JSON, without a login.
     *
     * @param collections the collections of records, such as {@code app.bsky.feed.post}
     * @param start where to begin without a saved position; null for now
     */
    record Jetstream(
            URI url, List<String> collections, @Nullable Instant start) implements StreamSource {
        public Jetstream {
            Objects.requireNonNull(url, "url");
            collections = List.copyOf(collections);
        }

        @Override
        public String type() {
            return "jetstream";
        }
    }

    /**
     * The filtered stream of X's API v2, which costs money for each post.
     *
     * @param token the environment variable with the bearer token
     */
    record X(URI url, String token) implements StreamSource {
        public X {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String type() {
            return "x";
        }
    }

    /**
     * Files of JSON lines, gzipped or not.
     *
     * @param path a file, or a directory of files in the order of their paths
     * @param rate posts per second; null for full speed
     */
    record Replay(Path path, @Nullable Double rate) implements StreamSource {
        public Replay {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String type() {
            return "replay";
        }
    }

    /**
     * Generated posts, the same for the same seed.
     *
     * @param rate posts per second; null for full speed
     * @param posts null for no end
     */
    record Synthetic(
            @Nullable Double rate, long seed, @Nullable Long posts) implements StreamSource {
        @Override
        public String type() {
            return "synthetic";
        }
    }
}
