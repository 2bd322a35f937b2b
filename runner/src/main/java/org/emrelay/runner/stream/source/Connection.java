package org.emrelay.runner.stream.source;

/** An open connection to the server of a source. */
interface Connection {
    Inbox inbox();

    /** Sends a ping, whose answer touches the inbox; false if the protocol has no ping. */
    boolean ping();

    /** Closes the socket immediately. */
    void close();
}
