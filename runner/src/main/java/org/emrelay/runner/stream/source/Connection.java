package org.emrelay.runner.stream.source;

/** An open connection to the server of a source. */
interface Connection {
    Inbox inbox();

    /** Asks for a sign of life, which touches the inbox; false if the protocol has no such request. */
    boolean ping();

    /** Closes the socket at once. */
    void close();
}
