package org.emrelay.runner.platform.aws.client;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a value once, on first use. Each has its own lock, so clients can be built in parallel. */
final class LazyClient<T> {
    private final Supplier<T> factory;
    private @Nullable T instance;

    LazyClient(Supplier<T> maker) {
        this.factory = Objects.requireNonNull(maker, "maker");
    }

    synchronized T get() {
        T existing = instance;
        if (existing == null) {
            existing = factory.get();
            instance = existing;
        }
        return existing;
    }

    synchronized Optional<T> ifCreated() {
        return Optional.ofNullable(instance);
    }
}
