package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.JsonValue;

/**
 * A value on its way from the file into the model.
 *
 * @param path where it stands in the pipeline
 * @param saidAt where it was written, for problems: in {@code parameters} for what a {@code ${name}} stands for
 * @param parameters the parameters that led to it, outermost first
 * @param secret whether one of them is secret by its name
 * @param verbatim whether it came from the command line, where a dollar sign and a brace mean themselves
 */
record LocatedValue(
        JsonValue value, String path, String saidAt, List<String> parameters, boolean secret, boolean verbatim) {

    static LocatedValue of(JsonValue value, String path) {
        return new LocatedValue(value, path, path, List.of(), false, false);
    }

    LocatedValue member(String key, JsonValue value) {
        return new LocatedValue(
                value,
                RecordBinder.child(path, key),
                RecordBinder.child(saidAt, key),
                parameters,
                secret || SecretNames.isSecret(key),
                verbatim);
    }

    LocatedValue element(int index, JsonValue value) {
        String suffix = "[" + index + "]";
        return new LocatedValue(value, path + suffix, saidAt + suffix, parameters, secret, verbatim);
    }

    LocatedValue asSecret() {
        return new LocatedValue(value, path, saidAt, parameters, true, verbatim);
    }

    /** What a parameter that stands here is replaced by. */
    LocatedValue replaced(String parameter, JsonValue value, boolean given) {
        List<String> through = new ArrayList<>(parameters);
        through.add(parameter);
        return new LocatedValue(
                value,
                path,
                given ? saidAt : RecordBinder.child("parameters", parameter),
                through,
                secret || SecretNames.isSecret(parameter),
                given);
    }
}
