package endtoend;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A step's command-line flags with their values. */
final class Flags {
    private final Map<String, String> values = new HashMap<>();

    Flags(String[] arguments) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
    }

    String text(String name) {
        String value = values.get("--" + name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    boolean has(String name) {
        return values.containsKey("--" + name);
    }

    Path path(String name) {
        return Path.of(text(name));
    }
}
