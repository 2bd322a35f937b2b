package org.emrelay.runner.stream.source;

import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;

/** Parses what is in positions. */
final class Positions {
    private Positions() {}

    /** A number of the position that is not negative. */
    static long number(Position position, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // The same as a negative one.
        }
        throw invalid(position);
    }

    static CorruptStreamException invalid(Position position) {
        return new CorruptStreamException(
                "The checkpoint has a position that is not one of this source: \"" + position.value()
                        + "\". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
    }
}
