package org.emrelay.jobs.topics.combine;

/** Why a record is not a post. The first reason that applies counts. */
enum MalformedReason {
    UNREADABLE("unreadable line"),
    DAMAGED_FILE("damaged file"),
    UNKNOWN_COLUMNS("unknown columns"),
    TOO_FEW_COLUMNS("too few columns"),
    NO_ID("no id"),
    NO_TIME("no time"),
    BAD_TIME("unreadable time"),
    NO_TEXT("no text"),
    /** Well-formed, but another kind of event, such as a like or a deletion. Counted, but not written to the malformed records. */
    NOT_A_POST("not a post");

    private final String reason;

    MalformedReason(String reason) {
        this.reason = reason;
    }

    @Override
    public String toString() {
        return reason;
    }
}
