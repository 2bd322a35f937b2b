package org.emrelay.runner.fakeaws;

import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Selects the calls that a fault applies to: a kind of call, restricted by position or probability. Each instance
 * has its own count.
 */
public final class Calls {
    private final Predicate<Call> kind;
    private final Selection selection;
    private int count;

    /** Selects calls of the kind by their number, counted from 1. */
    private interface Selection {
        boolean includes(int number);
    }

    private Calls(Predicate<Call> kind, Selection selection) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.selection = Objects.requireNonNull(selection, "selection");
    }

    public static Calls all() {
        return where(call -> true);
    }

    public static Calls named(String operation) {
        return where(call -> call.operation().equals(operation));
    }

    public static Calls mutating() {
        return where(Call::mutates);
    }

    public static Calls of(String service) {
        return where(call -> call.service().equals(service));
    }

    public static Calls where(Predicate<Call> kind) {
        return new Calls(kind, number -> true);
    }

    /** Only this call, counted from now on. */
    public static Calls at(CallPosition position) {
        return where(position::matches).nth(position.number());
    }

    public Calls first(int count) {
        return new Calls(kind, number -> number <= count);
    }

    public Calls nth(int position) {
        return new Calls(kind, number -> number == position);
    }

    /** All but the first {@code count} calls. */
    public Calls after(int count) {
        return new Calls(kind, number -> number > count);
    }

    public Calls everyNth(int interval) {
        return new Calls(kind, number -> number % interval == 0);
    }

    /** Selects the same calls for the same seed, provided that the calls arrive in the same order. */
    public Calls withProbability(double probability, long seed) {
        Random random = new Random(seed);
        return new Calls(kind, number -> random.nextDouble() < probability);
    }

    /** Whether the fault applies to a call. Counts the call if it is of the kind. */
    synchronized boolean matches(Call call) {
        return kind.test(call) && selection.includes(++count);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "calls, %d counted", count);
    }
}
