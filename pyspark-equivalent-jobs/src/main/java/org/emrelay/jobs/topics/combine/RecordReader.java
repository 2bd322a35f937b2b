package org.emrelay.jobs.topics.combine;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the records of a part of a file. */
interface RecordReader extends Closeable {

    /**
     * A record and what it says.
     *
     * @param position grows within a file
     */
    record Found(long position, String text, ParsedRecord parsed) {}

    /** Null after the last one. */
    @Nullable
    Found next() throws IOException;
}
