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
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Writes an object or list as JSON on one line in which two braces never meet, for YARN's launcher would change them. */
final class JsonArgument {
    private final Substitution substitution;
    private final RecordBinder records;
    private final Set<String> inputs;
    private final List<Template.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean failed;

    JsonArgument(Substitution substitution, RecordBinder records, Set<String> inputs) {
        this.substitution = substitution;
        this.records = records;
        this.inputs = inputs;
    }

    /** The text in parts, or null when something in it cannot be made out. */
    @Nullable
    List<Template.Part> parts(LocatedValue at) {
        write(at);
        flush();
        return failed ? null : List.copyOf(parts);
    }

    private void write(LocatedValue at) {
        LocatedValue here = substitution.follow(at);
        if (here == null) {
            failed = true;
        } else if (here.value() instanceof JsonObject object) {
            object(object, here);
        } else if (here.value() instanceof JsonArray array) {
            list(array, here);
        } else if (here.value() instanceof JsonString string) {
            string(string.text(), here);
        } else if (here.value() instanceof JsonNumber number) {
            scalar(number.text(), here);
        } else if (here.value() instanceof JsonBoolean truth) {
            text.append(truth.value());
        } else {
            text.append("null");
        }
    }

    private void object(JsonObject object, LocatedValue here) {
        failed |= !substitution.spend(here, object.members().size());
        if (failed) {
            return;
        }
        records.checkDuplicates(object, here.path());
        text.append('{');
        String separator = "";
        for (Member member : object.members()) {
            text.append(separator).append('"').append(escaped(member.key())).append("\":");
            write(here.member(member.key(), member.value()));
            separator = ",";
        }
        text.append(!text.isEmpty() && text.charAt(text.length() - 1) == '}' ? " }" : "}");
    }

    private void list(JsonArray array, LocatedValue here) {
        failed |= !substitution.spend(here, array.values().size());
        if (failed) {
            return;
        }
        text.append('[');
        for (int i = 0; i < array.values().size(); i++) {
            text.append(i == 0 ? "" : ",");
            write(here.element(i, array.values().get(i)));
        }
        text.append(']');
    }

    private void string(String written, LocatedValue here) {
        Substitution.Expansion expansion = substitution.expand(written, here, inputs);
        failed |= expansion == null;
        if (expansion == null) {
            return;
        }
        text.append('"');
        for (Template.Part part : expansion.parts()) {
            if (part instanceof Template.Literal literal) {
                text.append(escaped(literal.text()));
            } else {
                flush();
                parts.add(part instanceof Template.Secret secret ? new Template.Secret(escaped(secret.text())) : part);
            }
        }
        text.append('"');
    }

    private void scalar(String written, LocatedValue here) {
        if (here.secret()) {
            flush();
            parts.add(new Template.Secret(written));
        } else {
            text.append(written);
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            parts.add(new Template.Literal(text.toString()));
            text.setLength(0);
        }
    }

    private static String escaped(String string) {
        String quoted = JsonWriter.line(string);
        return quoted.substring(1, quoted.length() - 1)
                .replace("{{", "{\\u007b")
                .replace("}}", "}\\u007d");
    }
}
