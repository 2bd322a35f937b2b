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
     * Where posts go: files on this machine, or Amazon Data Firehose with {@code -t emr}.
     *
     * @param directory of local files; null for the workspace's
     * @param bucket existing bucket; null for the cluster file's, or else for a new one
     * @param prefix of the keys, ends with a slash
     * @param errorPrefix of the keys of records that Firehose cannot deliver, ends with a slash
     * @param bufferBytes a file becomes visible when it has as many
     * @param bufferTime a file becomes visible when it is as old
     */
    public record Sink(
            @Nullable Path directory,
            @Nullable String bucket,
            String prefix,
            String errorPrefix,
            long bufferBytes,
            Duration bufferTime,
            Compression compression) {
        /** Without anything in the stream's file. */
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
     * When a stream stops by itself, counted from its creation; null components do not stop it.
     *
     * @param posts that the source delivered, filtered ones included: these cost money
     * @param duration of one start
     * @param cost in dollars
     */
    public record Limits(
            @Nullable Long posts,
            @Nullable Duration duration,
            @Nullable Double cost) {
        public static final Limits NONE = new Limits(null, null, null);
    }
}
