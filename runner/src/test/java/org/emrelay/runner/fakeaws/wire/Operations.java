package org.emrelay.runner.fakeaws.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a service can do, by name. */
public final class Operations {
    private final Map<String, Operation> byName = new LinkedHashMap<>();

    /** From a request's parameters to its answer's fields. */
    @FunctionalInterface
    public interface Operation {
        Fields perform(Tree request);
    }

    public Operations add(String name, Operation operation) {
        byName.put(name, operation);
        return this;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Optional<Operation> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
