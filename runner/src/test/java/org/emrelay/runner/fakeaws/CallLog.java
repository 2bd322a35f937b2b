package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.emrelay.runner.fakeaws.wire.ApiRequest;

/** Logs all calls in the order of their arrival. */
public final class CallLog {
    private final Clock clock;
    private final List<Call> calls = new ArrayList<>();
    private int lastNumber;
    private long nextEvent;

    CallLog(Clock clock) {
        this.clock = clock;
    }

    synchronized Call begin(ApiRequest request) {
        Call call = new Call(++lastNumber, request, clock.instant(), nextEvent++);
        calls.add(call);
        return call;
    }

    synchronized void end(Call call, String outcome) {
        call.end(outcome, clock.instant(), nextEvent++);
    }

    public synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    private List<Call> matching(Predicate<Call> filter) {
        return all().stream().filter(filter).toList();
    }

    public List<Call> named(String operation) {
        return matching(call -> call.operation().equals(operation));
    }

    public List<Call> mutating() {
        return matching(Call::mutates);
    }

    public List<Call> of(String service) {
        return matching(call -> call.service().equals(service));
    }

    /** Calls of operations that the fake does not support. */
    public List<Call> unsupported() {
        return matching(call -> call.outcome().startsWith("unsupported"));
    }

    /** Calls at which the fake itself failed. Always empty unless the fake has a bug. */
    public List<Call> defects() {
        return matching(call -> call.outcome().startsWith("bug"));
    }

    public int count() {
        return all().size();
    }

    /** The operation names only. */
    public List<String> operations() {
        return all().stream().map(Call::operation).toList();
    }

    /** Removes all calls, to count from here on. Call numbers continue. */
    public synchronized void clear() {
        calls.clear();
    }

    /** One line per call. */
    public String text() {
        return String.join("\n", all().stream().map(Call::toString).toList());
    }
}
