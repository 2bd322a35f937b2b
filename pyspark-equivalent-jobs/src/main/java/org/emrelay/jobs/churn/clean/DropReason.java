package org.emrelay.jobs.churn.clean;

/** Why a line of the log is dropped; the first matching reason counts. */
enum DropReason {
    UNREADABLE("unreadable line"),
    EMPTY_USER("empty user"),
    LOGGED_OUT("logged out"),
    BAD_TIMESTAMP("bad timestamp"),
    NO_PAGE("no page"),
    DUPLICATE("duplicate");

    private final String reason;

    DropReason(String reason) {
        this.reason = reason;
    }

    @Override
    public String toString() {
        return reason;
    }
}
