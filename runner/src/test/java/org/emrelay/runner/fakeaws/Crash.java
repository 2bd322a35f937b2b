package org.emrelay.runner.fakeaws;

import java.util.function.Predicate;

/** Crashes the process under test at one of its calls. No later call gets through. */
final class Crash {
    private final SimulatedClock clock;
    private Predicate<Call> counts = call -> false;
    private int callNumber;
    private boolean before;
    private int counted;
    private boolean crashed;
    private int rejectedCalls;

    Crash(SimulatedClock clock) {
        this.clock = clock;
    }

    synchronized void arm(int number, boolean beforeCall, Predicate<Call> filter) {
        counts = filter;
        callNumber = number;
        before = beforeCall;
        counted = 0;
        crashed = false;
    }

    synchronized void disarm() {
        counts = call -> false;
        crashed = false;
        clock.restart();
    }

    synchronized boolean isCrashed() {
        return crashed;
    }

    synchronized int rejectedCalls() {
        return rejectedCalls;
    }

    synchronized void countRejectedCall() {
        rejectedCalls++;
    }

    /** Decides how far a call gets, and crashes the process at the armed call. */
    synchronized Delivery intercept(Call call) {
        if (crashed) {
            return Delivery.NONE;
        }
        if (!counts.test(call) || ++counted != callNumber) {
            return Delivery.REQUEST_AND_RESPONSE;
        }
        crashed = true;
        clock.crash();
        return before ? Delivery.NONE : Delivery.REQUEST_ONLY;
    }

    /** How far a call gets. */
    enum Delivery {
        NONE,
        REQUEST_ONLY,
        REQUEST_AND_RESPONSE
    }
}
