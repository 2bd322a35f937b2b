package org.emrelay.runner.parse;

import java.util.List;
import org.emrelay.runner.json.RecordSchema.Required;
import org.jspecify.annotations.Nullable;

/** The stream file as written. */
record StreamFile(
        @Required @Nullable String name,
        @Required @Nullable SourceEntry source,
        List<String> track,
        List<String> languages,
        @Nullable SinkEntry sink,
        @Nullable LimitsEntry limits) {

    /** The keys of all types of sources. */
    record SourceEntry(
            @Required @Nullable String type,
            @Nullable String url,
            List<String> collections,
            @Nullable String start,
            @Nullable String token,
            @Nullable String path,
            @Nullable Double rate,
            @Nullable Integer seed,
            @Nullable Integer posts) {}

    record SinkEntry(
            @Nullable String directory,
            @Nullable String bucket,
            @Nullable String prefix,
            @Nullable String errorPrefix,
            @Nullable Integer bufferMb,
            @Nullable Integer bufferSeconds,
            @Nullable String compression) {
        static final SinkEntry NONE = new SinkEntry(null, null, null, null, null, null, null);
    }

    record LimitsEntry(
            @Nullable Integer posts,
            @Nullable String duration,
            @Nullable Double cost) {
        static final LimitsEntry NONE = new LimitsEntry(null, null, null);
    }
}
