package org.emrelay.jobs.churn.clean;

/** Why a line of the log is no event of a user; it is counted under the first of these that holds. */
enum Dropped {
    UNREADABLE("unreadable line"),
    EMPTY_USER("empty user"),
    LOGGED_OUT("logged out"),
    BAD_TIMESTAMP("bad timestamp"),
    NO_PAGE("no page"),
    DUPLICATE("duplicate");

    private final String reason;

    Dropped(String reason) {
        this.reason = reason;
    }

    @Override
    public String toString() {
        return reason;
    }
}
