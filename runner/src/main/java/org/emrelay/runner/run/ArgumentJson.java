package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Literal;
import org.emrelay.runner.model.Argument.Part;
import org.emrelay.runner.model.Argument.Secret;
import org.emrelay.runner.model.Argument.StepOutput;
import org.emrelay.runner.model.Argument.UploadedFile;
import org.emrelay.runner.model.Argument.WorkspaceName;
import org.emrelay.runner.model.StepName;

/**
 * {@link Argument} as JSON. A literal is a string, anything else is a list of parts. Secrets are written in plain
 * text, because a later process needs them to run the step.
 */
final class ArgumentJson {
    private ArgumentJson() {}

    static Object write(Argument argument) {
        if (argument.parts().size() == 1 && argument.parts().get(0) instanceof Literal literal) {
            return literal.text();
        }
        return argument.parts().stream().map(ArgumentJson::write).toList();
    }

    static List<Object> write(List<Argument> arguments) {
        return arguments.stream().map(ArgumentJson::write).toList();
    }

    static Map<String, Object> write(Map<String, Argument> arguments) {
        Map<String, Object> json = new LinkedHashMap<>();
        arguments.forEach((key, argument) -> json.put(key, write(argument)));
        return json;
    }

    private static Map<String, Object> write(Part piece) {
        if (piece instanceof Literal literal) {
            return Map.of("text", literal.text());
        } else if (piece instanceof Secret secret) {
            return Map.of("secret", secret.text());
        } else if (piece instanceof UploadedFile uploaded) {
            return Map.of("uploaded", uploaded.path());
        } else if (piece instanceof StepOutput output) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("output_of", output.step().value());
            json.put("path", output.path());
            return json;
        }
        return Map.of("workspace_name", true);
    }

    static Argument read(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonString string) {
            return Argument.literal(string.text());
        }
        return new Argument(new ArrayList<>(JsonFields.list(
                value, path, (element, elementPath) -> piece(JsonFields.of(element, elementPath), elementPath))));
    }

    private static Part piece(JsonFields fields, String path) throws MalformedJsonException {
        if (fields.has("text")) {
            return new Literal(fields.text("text"));
        } else if (fields.has("secret")) {
            return new Secret(fields.text("secret"));
        } else if (fields.has("uploaded")) {
            return new UploadedFile(fields.text("uploaded"));
        } else if (fields.has("output_of")) {
            return new StepOutput(new StepName(fields.text("output_of")), fields.text("path"));
        } else if (fields.has("workspace_name")) {
            return new WorkspaceName();
        }
        throw new MalformedJsonException(path + ": unknown kind of argument part");
    }
}
