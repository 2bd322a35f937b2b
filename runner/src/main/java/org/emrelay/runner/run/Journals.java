package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.RunId;

/** The journals of all runs in a workspace. */
public interface Journals {

    /** Opens a journal for writing. An event that a crash left incomplete at its end is dropped. */
    Journal open(RunId run) throws IOException;

    /** Reads the events, also while another process writes. Empty when there is no journal yet. */
    List<Event> read(RunId run) throws IOException;

    /** The journal's path or URI, for messages. */
    String location(RunId run);
}
