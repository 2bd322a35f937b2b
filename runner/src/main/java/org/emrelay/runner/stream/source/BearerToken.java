package org.emrelay.runner.stream.source;

import java.util.Map;
import org.emrelay.runner.stream.StreamException;

/** A secret that appears only in requests, never in output, exceptions or files. */
final class BearerToken {
    private final String variable;
    private final String value;

    private BearerToken(String variable, String value) {
        this.variable = variable;
        this.value = value;
    }

    /** @param variable the environment variable that contains the token */
    static BearerToken read(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new StreamException("The environment variable " + variable
                    + " is not set. Set it to the bearer token of your app, from X's developer console.");
        }
        // Java's HTTP client quotes an invalid header in its exception.
        if (!value.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new StreamException("The environment variable " + variable
                    + " is not a bearer token, because it contains spaces or non-ASCII characters. Copy the token"
                    + " again from X's developer console.");
        }
        return new BearerToken(variable, value);
    }

    String variable() {
        return variable;
    }

    String header() {
        return "Bearer " + value;
    }

    /** Masks the token, because servers may quote requests in their errors. */
    String mask(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "the bearer token in " + variable;
    }
}
