package org.emrelay.runner.fakeaws;

import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/** Which calls a fault befalls: a kind of call, and of that kind the first few, every n-th, some by chance. Each has a count of its own. */
public final class Calls {
    private final Predicate<Call> kind;
    private final Choice choice;
    private int met;

    /** Among the calls of the kind, counted from 1. */
    private interface Choice {
        boolean takes(int number);
    }

    private Calls(Predicate<Call> kind, Choice choice) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.choice = Objects.requireNonNull(choice, "choice");
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

    public Calls first(int count) {
        return new Calls(kind, number -> number <= count);
    }

    public Calls only(int which) {
        return new Calls(kind, number -> number == which);
    }

    /** All but the first few. */
    public Calls after(int count) {
        return new Calls(kind, number -> number > count);
    }

    public Calls every(int nth) {
        return new Calls(kind, number -> number % nth == 0);
    }

    /** The same calls for the same seed, as far as the calls come in the same order. */
    public Calls withProbability(double probability, long seed) {
        Random random = new Random(seed);
        return new Calls(kind, number -> random.nextDouble() < probability);
    }

    /** Counts the call if it is of the kind. */
    synchronized boolean take(Call call) {
        return kind.test(call) && choice.takes(++met);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "calls, %d met", met);
    }
}
