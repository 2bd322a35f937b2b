package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Argument;

/**
 * A JSON value with its origin, before it is bound to the model.
 *
 * @param path its JSON path in the pipeline
 * @param reportPath the path in problems: for the value of {@code ${name}} its path in {@code parameters}
 * @param parameterChain the parameters that led to it, outermost first
 * @param secret whether the name of one of them marks it as a secret
 * @param verbatim whether it is from the command line, where <code>${</code> is literal
 * @param names recognizes the names of secrets
 */
record LocatedValue(
        JsonValue value,
        String path,
        String reportPath,
        List<String> parameterChain,
        boolean secret,
        boolean verbatim,
        SecretNames names) {

    static LocatedValue of(JsonValue value, String path, SecretNames names) {
        return new LocatedValue(value, path, path, List.of(), false, false, names);
    }

    LocatedValue member(Member member) {
        return new LocatedValue(
                member.value(),
                childPath(path, member.key()),
                childPath(reportPath, member.key()),
                parameterChain,
                secret || names.isSecret(member.key()),
                verbatim,
                names);
    }

    /** The elements of this list. */
    List<LocatedValue> elements(JsonArray list) {
        List<LocatedValue> elements = new ArrayList<>();
        for (JsonValue element : list.values()) {
            String suffix = "[" + elements.size() + "]";
            elements.add(new LocatedValue(
                    element, path + suffix, reportPath + suffix, parameterChain, secret, verbatim, names));
        }
        return elements;
    }

    /** A part of an argument, masked if this value is a secret. */
    Argument.Part literal(String text) {
        return secret ? new Argument.Secret(text) : new Argument.Literal(text);
    }

    LocatedValue withValue(JsonValue other) {
        return new LocatedValue(other, path, reportPath, parameterChain, secret, verbatim, names);
    }

    LocatedValue asSecret(boolean isSecret) {
        return new LocatedValue(value, path, reportPath, parameterChain, isSecret, verbatim, names);
    }

    /** Returns the value of a parameter at the location of the reference to it. */
    LocatedValue withParameterValue(String parameter, JsonValue value, boolean fromCommandLine) {
        List<String> chain = new ArrayList<>(parameterChain);
        chain.add(parameter);
        return new LocatedValue(
                value,
                path,
                fromCommandLine ? reportPath : childPath("parameters", parameter),
                chain,
                secret || names.isSecret(parameter),
                fromCommandLine,
                names);
    }
}
