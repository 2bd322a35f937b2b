package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.RunId;

/** Finds the journal of each run. */
public interface Journals {

    /** For writing: what a crash left half written at its end is taken away. */
    Journal open(RunId run) throws IOException;

    /** For looking only, also while another process writes; none when nothing has happened yet. */
    List<Event> read(RunId run) throws IOException;

    /** The journal's place, for a message about it. */
    String place(RunId run);
}
