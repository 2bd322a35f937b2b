package org.emrelay.runner.fakeaws.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A service's operations by name. */
public final class Operations {
    private final Map<String, Operation> byName = new LinkedHashMap<>();

    /** Maps a request's parameters to the fields of its response. */
    @FunctionalInterface
    public interface Operation {
        Fields execute(Tree request);
    }

    public Operations add(String name, Operation operation) {
        byName.put(name, operation);
        return this;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
