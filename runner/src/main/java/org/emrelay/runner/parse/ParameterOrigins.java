package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Remembers which values of a file came from a parameter: their JSON paths tell, once the text has been replaced. */
final class ParameterOrigins {
    private final Map<String, String> parameters = new HashMap<>();
    private final Set<String> fromCommandLine = new HashSet<>();

    /** The whole value at the path is that of a parameter. */
    void isParameter(String path, String parameter) {
        parameters.put(path, parameter);
    }

    /** The text at the path begins with a parameter that the command line gave. */
    void beginsOnCommandLine(String path) {
        fromCommandLine.add(path);
    }

    /** The parameter that stood there; empty when none did. */
    String parameterAt(String path) {
        return parameters.getOrDefault(path, "");
    }

    boolean isFromCommandLine(String path) {
        return fromCommandLine.contains(path);
    }
}
