package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Argument;
import org.jspecify.annotations.Nullable;

/** Substitutes parameters in a whole steps file before binding, so that values can have any type. */
record TreeSubstitution(Substitution substitution, ParameterValues parameters, Problems problems) {
    /** The JSON path of a step, or of one instance of it. */
    private static final String STEP = "steps\\[[0-9]+\\](?:\\[[^\\]']+\\])?";

    /** Values that become templates; their parsers expand them. */
    private static final Pattern DEFERRED_PATHS = Pattern.compile(
            "\\$.*|parameters|" + STEP + "\\.(args|env|spark_conf|\\$.*)|defaults\\.(env|spark_conf|\\$.*)",
            Pattern.DOTALL);

    static final Pattern OUTPUT_URIS = Pattern.compile(STEP + "\\.output\\.uri");
    private static final Pattern STEPS = Pattern.compile("steps\\[[0-9]+\\]");
    private static final Pattern EMPTY_NAME = Pattern.compile("(?<!:)/(?=/)");

    /** Leaves steps with a loop as they are: {@link LoopParser} expands them first. */
    JsonValue substitute(JsonValue file) {
        JsonValue value = substitute(file, "");
        return value == null ? file : value;
    }

    /** Substitutes a part of the file; returns null after a problem. */
    @Nullable
    JsonValue substitute(JsonValue value, String path) {
        return substituteValue(substitution.locate(value, path));
    }

    /** Reports problems of parameters that no step uses. */
    void checkUnused() {
        for (String name : parameters.names()) {
            JsonValue value = parameters.defaultOf(name);
            if (value != null && !parameters.isOverridden(name)) {
                check(substitution.locate(value, childPath("parameters", name)).withParameterValue(name, value, false));
            }
        }
    }

    private void check(LocatedValue located) {
        LocatedValue resolved = substitution.resolve(located);
        if (resolved == null) {
            return;
        } else if (resolved.value() instanceof JsonString string) {
            substitution.expand(string.text(), resolved, null);
        } else if (resolved.value() instanceof JsonArray array
                && substitution.reserveExpansion(resolved, array.values().size())) {
            resolved.elements(array).forEach(this::check);
        } else if (resolved.value() instanceof JsonObject object
                && substitution.reserveExpansion(resolved, object.members().size())) {
            object.members().forEach(member -> check(resolved.member(member)));
        }
    }

    private @Nullable JsonValue substituteValue(LocatedValue located) {
        if (DEFERRED_PATHS.matcher(located.path()).matches()) {
            return located.value();
        }
        LocatedValue resolved = substitution.resolve(located);
        if (resolved != null && STEPS.matcher(located.path()).matches() && LoopParser.isLoop(resolved.value())) {
            return resolved.value();
        }
        JsonValue value = resolved == null ? null : substituteChildren(resolved);
        if (resolved != null && !resolved.parameterChain().isEmpty()) {
            parameters.recordParameter(
                    resolved.path(), resolved.parameterChain().get(0));
        }
        if (value == null) {
            problems.markInvalid(located.path());
        }
        return value;
    }

    private @Nullable JsonValue substituteChildren(LocatedValue resolved) {
        if (resolved.value() instanceof JsonString string) {
            return substituteString(string.text(), resolved);
        } else if (resolved.value() instanceof JsonArray array) {
            return substitution.reserveExpansion(resolved, array.values().size())
                    ? substituteList(array, resolved)
                    : null;
        } else if (resolved.value() instanceof JsonObject object) {
            return substitution.reserveExpansion(resolved, object.members().size())
                    ? substituteObject(object, resolved)
                    : null;
        }
        return resolved.value();
    }

    private JsonArray substituteList(JsonArray array, LocatedValue resolved) {
        // Dropping an element would shift the paths of those after it.
        return new JsonArray(resolved.elements(array).stream()
                .map(element -> Objects.requireNonNullElse(substituteValue(element), element.value()))
                .toList());
    }

    private JsonObject substituteObject(JsonObject object, LocatedValue resolved) {
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            JsonValue value = substituteValue(resolved.member(member));
            if (value != null) {
                members.add(new Member(member.key(), member.line(), value));
            }
        }
        return new JsonObject(members);
    }

    private @Nullable JsonString substituteString(String text, LocatedValue resolved) {
        // These values (settings, names, locations) are printed, so only secret parameters count, not secret keys.
        boolean isSecret = resolved.parameterChain().stream().anyMatch(resolved.names()::isSecret);
        Substitution.Expansion expansion = substitution.expand(text, resolved.asSecret(isSecret), null);
        if (expansion == null) {
            return null;
        }
        if (expansion.fromCommandLine()) {
            parameters.recordCommandLinePrefix(resolved.path());
        }
        StringBuilder substituted = new StringBuilder();
        for (Argument.Part part : expansion.parts()) {
            if (!(part instanceof Argument.Literal literal)) {
                problems.error(
                        resolved.path(),
                        "a secret would be printed here.",
                        "Secrets are only allowed in args, env and spark_conf.");
                return null;
            }
            substituted.append(literal.text());
        }
        if (OUTPUT_URIS.matcher(resolved.path()).matches() && hasLostAFolder(text, substituted.toString())) {
            problems.error(
                    resolved.path(),
                    quoted(substituted.toString()) + " has a folder without a name: a parameter is empty.",
                    "Give it a value, or remove it.");
            return null;
        }
        return new JsonString(substituted.toString());
    }

    /** Whether an empty parameter was the whole name of a folder. What is written there would replace its parent. */
    private static boolean hasLostAFolder(String template, String uri) {
        return (uri.endsWith("/") && !template.endsWith("/")) || emptyNames(uri) > emptyNames(template);
    }

    private static long emptyNames(String uri) {
        return EMPTY_NAME.matcher(uri).results().count();
    }
}
