package org.emrelay.runner.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A validated stream with defaults applied: where posts come from, which are kept, and where they go.
 *
 * @param name lower case letters, digits and hyphens
 * @param track words or phrases, one of which a post must contain; empty for all posts
 * @param languages language codes; empty for posts in any language
 */
public record StreamDefinition(
        String name, StreamSource source, List<String> track, List<String> languages, Sink sink, Limits limits) {
    public StreamDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        track = List.copyOf(track);
        languages = List.copyOf(languages);
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(limits, "limits");
    }

    /** How the sink compresses files. */
    public enum Compression {
        GZIP,
        NONE
    }

    /**
     * The destination of posts: local files, or Amazon Data Firehose with {@code -t emr}.
     *
     * @param directory the directory of local files; null for the workspace's
     * @param bucket an existing bucket; null for the cluster file's, or else for a new one
     * @param prefix the key prefix, which ends with a slash
     * @param errorPrefix the key prefix of records that Firehose cannot deliver, which ends with a slash
     * @param bufferBytes the size at which a file becomes visible
     * @param bufferTime the age at which a file becomes visible
     */
    public record Sink(
            @Nullable Path directory,
            @Nullable String bucket,
            String prefix,
            String errorPrefix,
            long bufferBytes,
            Duration bufferTime,
            Compression compression) {
        /** The defaults of the stream file. */
        public static final Sink DEFAULT =
                new Sink(null, null, "posts/", "posts-errors/", 64L << 20, Duration.ofMinutes(5), Compression.GZIP);

        public Sink {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(errorPrefix, "errorPrefix");
            Objects.requireNonNull(bufferTime, "bufferTime");
            Objects.requireNonNull(compression, "compression");
        }
    }

    /**
     * The limits at which a stream stops, counted from its creation; null for no limit.
     *
     * @param posts posts that the source delivered, including filtered posts, which also cost money
     * @param duration the duration of one start
     * @param cost the price of the delivered posts in dollars
     */
    public record Limits(
            @Nullable Long posts,
            @Nullable Duration duration,
            @Nullable Double cost) {
        public static final Limits NONE = new Limits(null, null, null);
    }
}
