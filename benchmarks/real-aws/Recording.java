import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/** The calls of {@link RecordedCalls}, in the order of their answers. */
record Recording(List<Call> calls) {
    /**
     * One call.
     *
     * @param time when it was sent
     * @param error empty if it succeeded
     */
    record Call(Instant time, String operation, JsonObject request, Optional<JsonObject> answer, Optional<JsonObject> error) {
        boolean is(String name) {
            return operation.equals(name);
        }

        boolean succeeded() {
            return error.isEmpty();
        }

        /** Whether the answer is an error whose code and message match. */
        boolean failed(String regex) {
            return errorText().matches("(?si).*(" + regex + ").*");
        }

        String errorText() {
            return error.map(fields -> text(fields, "code") + ": " + text(fields, "message")).orElse("");
        }

        String asked(String... path) {
            return text(request, path);
        }

        String answered(String... path) {
            return answer.map(fields -> text(fields, path)).orElse("");
        }

        List<JsonValue> listed(String key) {
            return answer.map(fields -> list(fields, key)).orElse(List.of());
        }

        /** The id or name of the resource that this call created. */
        String created() {
            return answered("GroupId") + asked("RoleName") + asked("InstanceProfileName");
        }
    }

    static Recording read(Path file) throws IOException, MalformedJsonException {
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonObject call = (JsonObject) JsonReader.read(line);
            calls.add(new Call(
                    Instant.parse(text(call, "time")),
                    text(call, "operation"),
                    (JsonObject) call.get("request"),
                    Optional.ofNullable((JsonObject) call.get("answer")),
                    Optional.ofNullable((JsonObject) call.get("error"))));
        }
        return new Recording(calls);
    }

    List<Call> all(Predicate<Call> which) {
        return calls.stream().filter(which).toList();
    }

    static List<JsonValue> list(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray array ? array.values() : List.of();
    }

    /** A text in nested objects; empty if there is none. */
    static String text(JsonObject object, String... path) {
        JsonValue value = object;
        for (String key : path) {
            value = value instanceof JsonObject parent ? parent.get(key) : null;
        }
        return value instanceof JsonString string ? string.text() : "";
    }
}
