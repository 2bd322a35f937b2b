package org.emrelay.runner.stream.sink;

import java.util.Objects;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a file sink, as saved in the checkpoint.
 *
 * @param id random per stream, because streams with the same name may write to the same directory
 * @param files the number of files created since the creation of the stream
 * @param part the file that is being written; null if there is none
 */
record FileSinkState(String id, long files, @Nullable Part part) {
    private static final RecordJson FIELDS = new RecordJson();

    FileSinkState {
        Objects.requireNonNull(id, "id");
    }

    /**
     * A file that is being written.
     *
     * @param length the length of the file that the checkpoint covers
     * @param bytes the size before compression
     */
    record Part(String name, long length, long bytes) {
        Part {
            Objects.requireNonNull(name, "name");
            if (length < 0 || bytes < 0 || PartName.parseHidden(name).isEmpty()) {
                throw new IllegalArgumentException("part " + name + " of " + length + " bytes");
            }
        }
    }

    FileSinkState with(Part newPart) {
        return new FileSinkState(id, files, newPart);
    }

    FileSinkState withoutPart() {
        return new FileSinkState(id, files, null);
    }

    SinkState toSinkState() {
        return new SinkState(JsonWriter.line(FIELDS.write(this)));
    }

    static FileSinkState parse(SinkState state) {
        try {
            return JsonFields.read(state.value(), fields -> FIELDS.read(FileSinkState.class, fields));
        } catch (MalformedJsonException exception) {
            throw new CorruptStreamException("The state of the files in the checkpoint is not valid: "
                    + exception.getMessage()
                    + ". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
        }
    }
}
