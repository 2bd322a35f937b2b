package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.emrelay.runner.fakeaws.wire.Inquiry;

/** All calls in the order of their arrival. */
public final class CallLog {
    private final Clock clock;
    private final List<Call> calls = new ArrayList<>();
    private int numbers;
    private long order;

    CallLog(Clock clock) {
        this.clock = clock;
    }

    synchronized Call begin(Inquiry inquiry) {
        Call call = new Call(++numbers, inquiry, clock.instant(), order++);
        calls.add(call);
        return call;
    }

    synchronized void end(Call call, String outcome) {
        call.end(outcome, clock.instant(), order++);
    }

    public synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    private List<Call> where(Predicate<Call> which) {
        return all().stream().filter(which).toList();
    }

    public List<Call> named(String operation) {
        return where(call -> call.operation().equals(operation));
    }

    public List<Call> mutating() {
        return where(Call::mutates);
    }

    public List<Call> of(String service) {
        return where(call -> call.service().equals(service));
    }

    /** What was asked of a service that it does not know here. */
    public List<Call> unknown() {
        return where(call -> call.outcome().startsWith("unknown"));
    }

    /** Calls at which the fake itself broke: always empty, or the fake wants mending. */
    public List<Call> defects() {
        return where(call -> call.outcome().startsWith("defect"));
    }

    public int count() {
        return all().size();
    }

    /** The operations alone. */
    public List<String> operations() {
        return all().stream().map(Call::operation).toList();
    }

    /** Forgets what was, so that a test counts from here; numbers go on. */
    public synchronized void forget() {
        calls.clear();
    }

    /** One line a call. */
    public String text() {
        return String.join("\n", all().stream().map(Call::toString).toList());
    }
}
