package org.emrelay.runner.platform.emr.access;

/** What is asked for stands against a guard of ours, such as a name that is taken; the message says which and what to do. */
public final class EmrRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmrRefusal(String message) {
        super(message);
    }
}
