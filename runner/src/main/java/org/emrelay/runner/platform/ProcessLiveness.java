package org.emrelay.runner.platform;

import java.util.Objects;

/** Knows this process and those beside it, so that what a dead one holds can be taken over. */
public interface ProcessLiveness {

    /**
     * Names one process of one machine for good.
     *
     * @param started when it started, in terms of its machine: a process id alone is given again to another
     */
    record Identity(String host, long pid, String started) {
        public Identity {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(started, "started");
        }
    }

    /** What can be said of a process from here. */
    enum Life {
        LIVES,
        GONE,
        /** It is another machine's, or this one's before it started anew: nobody can tell. */
        ELSEWHERE
    }

    Identity current();

    Life lifeOf(Identity process);
}
