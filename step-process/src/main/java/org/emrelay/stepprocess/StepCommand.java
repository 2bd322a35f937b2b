package org.emrelay.stepprocess;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The one command that a step's process is sent.
 *
 * @param summary the path of the file that is to say what the step wrote; empty when nobody wants to know
 * @param sparkSubmitArguments what would follow {@code spark-submit} on a command line
 */
record StepCommand(String summary, List<String> sparkSubmitArguments) {

    StepCommand {
        Objects.requireNonNull(summary, "summary");
        sparkSubmitArguments = List.copyOf(sparkSubmitArguments);
    }

    /** Empty when the stream ends before a command is whole: then the runner has gone or needs this process no more. */
    static Optional<StepCommand> readFrom(InputStream stream) throws IOException {
        // Unbuffered, for not a byte beyond the command may be taken from the life line.
        DataInputStream frames = new DataInputStream(stream);
        try {
            int count = frames.readInt();
            if (count < 2) {
                throw new IOException("The command holds " + count
                        + " strings; it needs the summary's path and at least one argument of spark-submit.");
            }
            List<String> strings = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                strings.add(readString(frames));
            }
            return Optional.of(new StepCommand(strings.get(0), strings.subList(1, count)));
        } catch (EOFException endOfStream) {
            return Optional.empty();
        }
    }

    private static String readString(DataInputStream frames) throws IOException {
        int length = frames.readInt();
        if (length < 0) {
            throw new IOException("The command holds a string of " + length + " bytes.");
        }
        byte[] bytes = frames.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
