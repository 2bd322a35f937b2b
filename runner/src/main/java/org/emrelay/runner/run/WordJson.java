package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.Argument.Literal;
import org.emrelay.runner.plan.Argument.OutputOf;
import org.emrelay.runner.plan.Argument.Piece;
import org.emrelay.runner.plan.Argument.Secret;
import org.emrelay.runner.plan.Argument.Uploaded;
import org.emrelay.runner.plan.Argument.WorkspaceName;

/** Words as JSON: plain text as a string, everything else as a list of its pieces. Secrets stand in clear, for they are needed to run. */
final class WordJson {
    private WordJson() {}

    static Object write(Argument word) {
        if (word.pieces().size() == 1 && word.pieces().get(0) instanceof Literal literal) {
            return literal.text();
        }
        return word.pieces().stream().map(WordJson::write).toList();
    }

    static List<Object> write(List<Argument> words) {
        return words.stream().map(WordJson::write).toList();
    }

    static Map<String, Object> write(Map<String, Argument> words) {
        Map<String, Object> written = new LinkedHashMap<>();
        words.forEach((key, word) -> written.put(key, write(word)));
        return written;
    }

    private static Map<String, Object> write(Piece piece) {
        if (piece instanceof Literal literal) {
            return Map.of("text", literal.text());
        } else if (piece instanceof Secret secret) {
            return Map.of("secret", secret.text());
        } else if (piece instanceof Uploaded uploaded) {
            return Map.of("uploaded", uploaded.path());
        } else if (piece instanceof OutputOf output) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("output_of", output.step().value());
            written.put("path", output.path());
            return written;
        }
        return Map.of("workspace_name", true);
    }

    static Argument read(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonString string) {
            return Argument.literal(string.text());
        }
        return new Argument(new ArrayList<>(
                JsonFields.list(value, path, (element, place) -> piece(JsonFields.of(element, place), place))));
    }

    private static Piece piece(JsonFields fields, String path) throws MalformedJsonException {
        if (fields.has("text")) {
            return new Literal(fields.text("text"));
        } else if (fields.has("secret")) {
            return new Secret(fields.text("secret"));
        } else if (fields.has("uploaded")) {
            return new Uploaded(fields.text("uploaded"));
        } else if (fields.has("output_of")) {
            return new OutputOf(new StepName(fields.text("output_of")), fields.text("path"));
        } else if (fields.has("workspace_name")) {
            return new WorkspaceName();
        }
        throw new MalformedJsonException(path + ": no piece of a word looks like this");
    }
}
