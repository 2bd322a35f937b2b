package org.emrelay.runner.run;

import java.io.IOException;
import java.util.Set;
import org.emrelay.runner.model.RunId;

/**
 * The digests of the run files that this machine wrote to shared workspaces. They are kept where only this machine can write, so a
 * run that someone else changed is recognized.
 */
public interface RunDigests {
    /** Records what is about to be written. Earlier digests of the same run stay: the write may fail. */
    void add(RunId id, String uri, String digest) throws IOException;

    /** The digests of a run file; empty if another machine added the run. */
    Set<String> find(RunId id, String uri) throws IOException;
}
