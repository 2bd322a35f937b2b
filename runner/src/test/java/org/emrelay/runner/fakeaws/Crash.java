package org.emrelay.runner.fakeaws;

import java.util.function.Predicate;

/** The death of the process under test at one of its calls: from then on no call of it gets through. */
final class Crash {
    private final FakeTime time;
    private Predicate<Call> counted = call -> false;
    private int point;
    private boolean before;
    private int seen;
    private boolean dead;
    private int refused;

    Crash(FakeTime time) {
        this.time = time;
    }

    synchronized void arm(int number, boolean beforeIt, Predicate<Call> which) {
        counted = which;
        point = number;
        before = beforeIt;
        seen = 0;
        dead = false;
    }

    synchronized void disarm() {
        counted = call -> false;
        dead = false;
        time.revive();
    }

    synchronized boolean isDead() {
        return dead;
    }

    synchronized int refused() {
        return refused;
    }

    synchronized void refuse() {
        refused++;
    }

    /** Whether the call still gets through; and if it does, whether its answer will. */
    synchronized Passage pass(Call call) {
        if (dead) {
            return Passage.NONE;
        }
        if (!counted.test(call) || ++seen != point) {
            return Passage.WHOLE;
        }
        dead = true;
        time.kill();
        return before ? Passage.NONE : Passage.THERE_ONLY;
    }

    /** How far a call gets. */
    enum Passage {
        NONE,
        THERE_ONLY,
        WHOLE
    }
}
