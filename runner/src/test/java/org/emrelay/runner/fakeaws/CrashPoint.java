package org.emrelay.runner.fakeaws;

import java.util.ArrayList;
import java.util.List;

/** A call at which the process crashes: before it arrives, or after it took effect. */
public record CrashPoint(CallPosition call, boolean tookEffect) {

    /** Two crash points for each call. */
    public static List<CrashPoint> of(List<Call> calls) {
        List<CrashPoint> points = new ArrayList<>();
        for (CallPosition call : CallPosition.of(calls)) {
            points.add(new CrashPoint(call, false));
            points.add(new CrashPoint(call, true));
        }
        return points;
    }

    /** Crash points of a kind are alike. Whether a call took effect matters only if it changes something. */
    public String kind() {
        return (call.mutates() && tookEffect ? "after " : "at ") + call.operation();
    }

    @Override
    public String toString() {
        return (tookEffect ? "after " : "before ") + call;
    }
}
