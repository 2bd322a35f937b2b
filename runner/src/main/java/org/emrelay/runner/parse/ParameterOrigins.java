package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Records which JSON paths held a parameter before substitution. */
final class ParameterOrigins {
    private final Map<String, String> parameters = new HashMap<>();
    private final Set<String> fromCommandLine = new HashSet<>();

    /** Records that the whole value at the path is a parameter. */
    void recordParameter(String path, String parameter) {
        parameters.put(path, parameter);
    }

    /** Records that the string at the path starts with a command-line parameter. */
    void recordCommandLinePrefix(String path) {
        fromCommandLine.add(path);
    }

    /** The parameter at the path; empty for none. */
    String parameterAt(String path) {
        return parameters.getOrDefault(path, "");
    }

    boolean isFromCommandLine(String path) {
        return fromCommandLine.contains(path);
    }
}
