package org.emrelay.jobs.topics.combine;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the records that begin in a part of a file. */
interface RecordReader extends Closeable {

    /**
     * A record and its parsed content.
     *
     * @param position increases within a file
     */
    record Found(long position, String text, ParsedRecord parsed) {}

    /** Returns the next record; null after the last one. */
    @Nullable
    Found next() throws IOException;
}
