package org.emrelay.runner.platform.aws.client;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first needed, once, each under a lock of its own: the clients can be built side by side. */
final class LazyClient<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    LazyClient(Supplier<T> maker) {
        this.maker = Objects.requireNonNull(maker, "maker");
    }

    synchronized T get() {
        T value = made;
        if (value == null) {
            value = maker.get();
            made = value;
        }
        return value;
    }

    synchronized Optional<T> ifMade() {
        return Optional.ofNullable(made);
    }
}
