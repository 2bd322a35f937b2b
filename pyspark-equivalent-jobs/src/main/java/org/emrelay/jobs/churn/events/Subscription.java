package org.emrelay.jobs.churn.events;

/** The mutable state of a user account. */
final class Subscription {
    private boolean isPaying;
    private boolean isLoggedIn;
    private boolean isCancelled;
    private int friends;

    Subscription(boolean isPaying) {
        this.isPaying = isPaying;
        isLoggedIn = true;
    }

    /** Applies the effect of a page view. */
    void apply(Page page) {
        switch (page) {
            case SUBMIT_UPGRADE -> isPaying = true;
            case SUBMIT_DOWNGRADE -> isPaying = false;
            case LOGOUT -> isLoggedIn = false;
            case LOGIN -> isLoggedIn = true;
            case ADD_FRIEND -> friends++;
            case CANCELLATION_CONFIRMATION -> isCancelled = true;
            default -> {
                // Other pages have no effect.
            }
        }
    }

    boolean isPaying() {
        return isPaying;
    }

    boolean isLoggedIn() {
        return isLoggedIn;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    int friends() {
        return friends;
    }
}
