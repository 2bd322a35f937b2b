package org.emrelay.runner.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.model.StreamSource;

/**
 * The record of a created stream in the workspace.
 *
 * @param platform the key of the platform that stores the posts
 * @param posts the directory or prefix of the posts, as an input of a pipeline; empty until the creation has finished
 * @param source identifies the source; a position is valid only for this source
 * @param file the stream file, for later commands
 */
public record CreatedStream(String platform, String posts, String source, String file, Instant created) {
    private static final RecordJson FIELDS = new RecordJson();

    public CreatedStream {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(posts, "posts");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(created, "created");
    }

    /** Whether all resources of the stream exist. */
    public boolean isFinished() {
        return !posts.isEmpty();
    }

    public CreatedStream finished(String uri) {
        return new CreatedStream(platform, uri, source, file, created);
    }

    /** Identifies a source. Definitions with the same identity can continue at each other's positions. */
    public static String identity(StreamSource source) {
        if (source instanceof StreamSource.Replay replay) {
            return source.type() + " of " + replay.path();
        } else if (source instanceof StreamSource.Synthetic synthetic) {
            return source.type() + " of seed " + synthetic.seed();
        }
        // The positions of all Jetstream servers are times in microseconds.
        return source.type();
    }

    public static CreatedStream read(StreamFolder folder) throws IOException {
        try {
            return JsonFields.read(
                    Files.readString(folder.definition()), fields -> FIELDS.read(CreatedStream.class, fields));
        } catch (MalformedJsonException malformed) {
            throw new CorruptStreamException(folder.definition() + " is damaged: " + malformed.getMessage()
                    + ". Restore it from a backup, or move the posts away and delete " + folder.directory() + ".");
        }
    }

    public void write(StreamFolder folder) throws IOException {
        folder.writeDefinition(JsonWriter.pretty(FIELDS.write(this)).getBytes(StandardCharsets.UTF_8));
    }
}
