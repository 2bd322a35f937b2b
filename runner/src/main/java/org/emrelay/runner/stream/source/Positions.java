package org.emrelay.runner.stream.source;

import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;

/** Parses the values of positions. */
final class Positions {
    private Positions() {}

    /** Parses a number that is not negative. */
    static long number(Position position, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // Reported like a negative number.
        }
        throw invalid(position);
    }

    static CorruptStreamException invalid(Position position) {
        return new CorruptStreamException(
                "The position in the checkpoint is not valid for this source: \"" + position.value()
                        + "\". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
    }
}
