package org.emrelay.runner.stream.source;

import java.util.Map;
import org.emrelay.runner.stream.StreamException;

/** A secret that appears in requests only: never in a text, an exception or a file. */
final class BearerToken {
    private final String variable;
    private final String value;

    private BearerToken(String variable, String value) {
        this.variable = variable;
        this.value = value;
    }

    /** @param variable the environment variable that has the token */
    static BearerToken read(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new StreamException("The environment variable " + variable
                    + " is not set: put the bearer token of your app into it, from X's developer console.");
        }
        // Java's HTTP client quotes an invalid header in its exception.
        if (!value.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new StreamException("The environment variable " + variable
                    + " is no bearer token, as it has spaces or characters beyond ASCII: copy it again from X's"
                    + " developer console.");
        }
        return new BearerToken(variable, value);
    }

    String variable() {
        return variable;
    }

    String header() {
        return "Bearer " + value;
    }

    /** Servers may quote requests in their errors. */
    String mask(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "the bearer token in " + variable;
    }
}
