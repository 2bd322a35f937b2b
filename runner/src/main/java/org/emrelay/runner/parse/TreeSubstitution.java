package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Substitutes throughout a steps file before it is decoded, so that a parameter may stand for a value of any type. */
final class TreeSubstitution {
    /** Where text becomes a template: that is expanded when it is read. */
    private static final Pattern LATER = Pattern.compile(
            "\\$.*|parameters|steps\\[[0-9]+\\]\\.(args|env|spark_conf|\\$.*)|defaults\\.(env|spark_conf|\\$.*)",
            Pattern.DOTALL);

    private final Substitution substitution;
    private final ParameterOrigins origins;
    private final Problems problems;

    TreeSubstitution(Substitution substitution, ParameterOrigins origins, Problems problems) {
        this.substitution = substitution;
        this.origins = origins;
        this.problems = problems;
    }

    JsonValue substituted(JsonValue file) {
        JsonValue value = value(LocatedValue.of(file, ""));
        return value == null ? file : value;
    }

    /** Reports what is wrong with a parameter that no step happens to use. */
    void checkUnused(ParameterValues parameters) {
        for (String name : parameters.names()) {
            JsonValue value = parameters.defaultOf(name);
            if (value != null && !parameters.isGiven(name)) {
                check(LocatedValue.of(value, RecordBinder.child("parameters", name))
                        .replaced(name, value, false));
            }
        }
    }

    private void check(LocatedValue at) {
        LocatedValue here = substitution.follow(at);
        if (here == null) {
            return;
        } else if (here.value() instanceof JsonString string) {
            substitution.expand(string.text(), here, null);
        } else if (here.value() instanceof JsonArray array
                && substitution.spend(here, array.values().size())) {
            for (int i = 0; i < array.values().size(); i++) {
                check(here.element(i, array.values().get(i)));
            }
        } else if (here.value() instanceof JsonObject object
                && substitution.spend(here, object.members().size())) {
            object.members().forEach(member -> check(here.member(member.key(), member.value())));
        }
    }

    private @Nullable JsonValue value(LocatedValue at) {
        if (LATER.matcher(at.path()).matches()) {
            return at.value();
        }
        LocatedValue here = substitution.follow(at);
        JsonValue value = here == null ? null : inside(here);
        if (here != null && !here.parameters().isEmpty()) {
            origins.isParameter(here.path(), here.parameters().get(0));
        }
        if (value == null) {
            problems.broken(at.path());
        }
        return value;
    }

    private @Nullable JsonValue inside(LocatedValue here) {
        if (here.value() instanceof JsonString string) {
            return text(string.text(), here);
        } else if (here.value() instanceof JsonArray array) {
            return substitution.spend(here, array.values().size()) ? list(array, here) : null;
        } else if (here.value() instanceof JsonObject object) {
            return substitution.spend(here, object.members().size()) ? object(object, here) : null;
        }
        return here.value();
    }

    private JsonArray list(JsonArray array, LocatedValue here) {
        List<JsonValue> values = new ArrayList<>();
        for (int i = 0; i < array.values().size(); i++) {
            JsonValue value = value(here.element(i, array.values().get(i)));
            // An element that is left out would shift the paths of those behind it.
            values.add(value == null ? array.values().get(i) : value);
        }
        return new JsonArray(values);
    }

    private JsonObject object(JsonObject object, LocatedValue here) {
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            JsonValue value = value(here.member(member.key(), member.value()));
            if (value != null) {
                members.add(new Member(member.key(), member.line(), value));
            }
        }
        return new JsonObject(members);
    }

    private @Nullable JsonString text(String text, LocatedValue here) {
        // Under a secret name nothing is secret here: these are settings, names and places, which are printed.
        LocatedValue open = new LocatedValue(
                here.value(), here.path(), here.saidAt(), here.parameters(), viaSecret(here), here.verbatim());
        Substitution.Expansion expansion = substitution.expand(text, open, null);
        if (expansion == null) {
            return null;
        }
        if (expansion.fromCommandLine()) {
            origins.beginsOnCommandLine(here.path());
        }
        StringBuilder joined = new StringBuilder();
        for (Template.Part part : expansion.parts()) {
            if (!(part instanceof Template.Literal literal)) {
                problems.error(
                        here.path(),
                        "a secret would be printed here.",
                        "Secrets can stand in args, env and spark_conf only.");
                return null;
            }
            joined.append(literal.text());
        }
        return new JsonString(joined.toString());
    }

    private static boolean viaSecret(LocatedValue here) {
        return here.parameters().stream().anyMatch(SecretNames::isSecret);
    }
}
