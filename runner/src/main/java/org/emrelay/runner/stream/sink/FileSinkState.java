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
 * What a file sink saves in the checkpoint.
 *
 * @param id a random one per stream: streams of the same name may write to the same directory
 * @param files begun since the creation of the stream
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
     * @param length of the file: what lies beyond it is not in a checkpoint
     * @param bytes before compression
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
            throw new CorruptStreamException("The checkpoint has no valid state of the files: " + exception.getMessage()
                    + ". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
        }
    }
}
