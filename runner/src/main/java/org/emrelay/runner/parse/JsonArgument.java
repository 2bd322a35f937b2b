package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Argument;
import org.jspecify.annotations.Nullable;

/** Serializes an object or list to one line of JSON without adjacent braces and other text that YARN would replace. */
final class JsonArgument {
    private final Substitution substitution;
    private final Set<String> inputs;
    private final Problems problems;
    private final List<Argument.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean failed;

    JsonArgument(Substitution substitution, Set<String> inputs, Problems problems) {
        this.substitution = substitution;
        this.inputs = inputs;
        this.problems = problems;
    }

    /** Returns the JSON in parts, or null if it contains an unresolvable reference. */
    @Nullable
    List<Argument.Part> parts(LocatedValue located) {
        write(located);
        flush();
        return failed ? null : List.copyOf(parts);
    }

    private void write(LocatedValue located) {
        LocatedValue resolved = substitution.resolve(located);
        if (resolved == null) {
            failed = true;
        } else if (resolved.value() instanceof JsonObject object) {
            writeObject(object, resolved);
        } else if (resolved.value() instanceof JsonArray array) {
            writeList(array, resolved);
        } else if (resolved.value() instanceof JsonString string) {
            writeString(string.text(), resolved);
        } else if (resolved.value() instanceof JsonNumber number) {
            writeScalar(number.text(), resolved);
        } else if (resolved.value() instanceof JsonBoolean bool) {
            text.append(bool.value());
        } else {
            text.append("null");
        }
    }

    private void writeObject(JsonObject object, LocatedValue resolved) {
        failed |= !substitution.reserveExpansion(resolved, object.members().size());
        if (failed) {
            return;
        }
        problems.checkDuplicateKeys(object, resolved.path());
        text.append('{');
        String separator = "";
        for (Member member : object.members()) {
            text.append(separator).append('"').append(escaped(member.key())).append("\":");
            write(resolved.member(member));
            separator = ",";
        }
        text.append(!text.isEmpty() && text.charAt(text.length() - 1) == '}' ? " }" : "}");
    }

    private void writeList(JsonArray array, LocatedValue resolved) {
        failed |= !substitution.reserveExpansion(resolved, array.values().size());
        if (failed) {
            return;
        }
        text.append('[');
        String separator = "";
        for (LocatedValue element : resolved.elements(array)) {
            text.append(separator);
            write(element);
            separator = ",";
        }
        text.append(']');
    }

    private void writeString(String string, LocatedValue resolved) {
        Substitution.Expansion expansion = substitution.expand(string, resolved, inputs);
        failed |= expansion == null;
        if (expansion == null) {
            return;
        }
        text.append('"');
        for (Argument.Part part : expansion.parts()) {
            if (part instanceof Argument.Literal literal) {
                text.append(escaped(literal.text()));
            } else {
                flush();
                parts.add(part instanceof Argument.Secret secret ? new Argument.Secret(escaped(secret.text())) : part);
            }
        }
        text.append('"');
    }

    private void writeScalar(String string, LocatedValue resolved) {
        if (resolved.secret()) {
            flush();
            parts.add(new Argument.Secret(string));
        } else {
            text.append(string);
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            parts.add(new Argument.Literal(text.toString()));
            text.setLength(0);
        }
    }

    private static String escaped(String string) {
        String quoted = JsonWriter.line(string);
        return quoted.substring(1, quoted.length() - 1)
                .replace("{{", "{\\u007b")
                .replace("}}", "}\\u007d")
                .replaceAll("<(?=(?:LOG_DIR|CPS|ADD_OPENS)>)", "\\\\u003c");
    }
}
