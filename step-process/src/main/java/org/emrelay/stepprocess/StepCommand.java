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
 * The command the runner sends to a step's process.
 *
 * @param summaryFile the file that receives the number of rows written and whether main returned; empty for none
 * @param sparkSubmitArguments the arguments of {@code spark-submit}
 */
record StepCommand(String summaryFile, List<String> sparkSubmitArguments) {

    StepCommand {
        Objects.requireNonNull(summaryFile, "summary");
        sparkSubmitArguments = List.copyOf(sparkSubmitArguments);
    }

    /** Empty when the stream ends before the command is complete: the runner exited or no longer needs this process. */
    static Optional<StepCommand> readFrom(InputStream stream) throws IOException {
        // Unbuffered: the watchdog must not lose a byte that follows the command.
        DataInputStream frames = new DataInputStream(stream);
        try {
            int count = frames.readInt();
            if (count < 2) {
                throw new IOException("Malformed step command: it has " + count
                        + " strings and needs at least 2, the summary file and a spark-submit argument.");
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
            throw new IOException("Malformed step command: it has a string of " + length + " bytes.");
        }
        byte[] bytes = frames.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
