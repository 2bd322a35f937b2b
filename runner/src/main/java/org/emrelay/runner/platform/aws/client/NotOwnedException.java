package org.emrelay.runner.platform.aws.client;

/** Something of the name that is wanted belongs to somebody else, and is left as it is. */
public final class NotOwnedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param thing such as {@code The role x} */
    public NotOwnedException(String thing) {
        super(thing + " is there already and was not made by this workspace for this cluster: its tags do not say so."
                + " Nothing of it is changed. Take another name with -c.");
    }
}
