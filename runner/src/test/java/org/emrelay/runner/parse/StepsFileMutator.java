package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;

/** Mutates a steps file that uses every key; equal seeds give equal mutants. */
final class StepsFileMutator {
    static final String ORIGINAL = """
            {"$schema": "x", "name": "all", "parameters": {"titles": {"from_step": "a"}, "n": 3, "list": ["${n}"], "text": "${n}${n}"},
             "defaults": {"script_uri": "job.py", "executor_memory": "2G", "executor_cores": 2, "spark_conf": {"spark.x": "${text}"},
                          "env": {"A": "${n}"}, "jars": ["lib/*.jar"], "packages": ["a:b:1"], "timeout": "1h", "on_failure": "cancel"},
             "steps": [
               {"name": "a", "description": "${text}", "script_uri": "jobs.jar", "main_class": "org.example.A", "output": {"uri": "out", "overwrite": true}},
               {"name": "b", "inputs": {"t": "${titles}", "u": {"uri": "s3://b/x"}, "l": {"local": "job.py"}, "f": {"from_step": "a", "path": "x/y"}},
                "args": {"x": "${list}", "y": {"z": ["${inputs.t}", null]}, "w": true}, "after": ["a"], "retries": 2, "enabled": true,
                "output": {"flag": "o", "format": "png"}, "files": ["job.py#x"], "num_executors": 2, "deploy_mode": "client"},
               {"name": "c", "args": ["--in", "${inputs.b}", "${output}", 3], "inputs": {"b": {"from_step": "b"}}},
               {"name": "d", "guiid": "0", "script_uri": "job.py", "ActionOnFailure": "CONTINUE", "executor_memory": "1G", "executor_cores": "1",
                "script_args": {"auto_generate_output": "1", "output_uri": "None", "format_output": ".parquet", "external_input": "1",
                  "input_dependency_from_output_step": "0", "from_step": "None", "input_data": "s3://b/y", "local_input": "job.py"}},
               {"name": "e", "guiid": "1", "script_uri": "job.py", "script_args": {"auto_generate_output": "1", "format_output": ".png",
                  "input_dependency_from_output_step": "1", "from_step": "d"}}]}
            """;

    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "A",
            "None",
            "1",
            "${n}",
            "${titles}",
            "${list}",
            "${inputs.t}",
            "${output}",
            "${",
            "$${",
            "${}",
            "${env.X}",
            "..",
            "/",
            "\0",
            "{{",
            "s3://",
            "s3://b",
            "file:/x",
            "a#b",
            "#",
            "*.jar",
            "[",
            "{a",
            "**",
            "\ud800",
            "x".repeat(5_000),
            "-",
            "'",
            "18",
            "2G",
            "99999999999h",
            "jobs.jar",
            "job.py");

    private StepsFileMutator() {}

    static void createFiles(StepsFileFixture folder) {
        folder.file("job.py").jar("jobs.jar", "org.example.A").file("lib/a.jar");
    }

    static String mutate(int seed) throws MalformedJsonException {
        Random random = new Random(seed);
        JsonValue mutated = JsonReader.read(ORIGINAL);
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = mutate(mutated, random, 1 + random.nextInt(40));
        }
        return toJson(mutated);
    }

    /** Drops, duplicates or replaces one part of the value, selected by a random walk from the root. */
    private static JsonValue mutate(JsonValue value, Random random, int deepest) {
        if (deepest == 0 || random.nextInt(5) == 0) {
            return replacement(random);
        } else if (value instanceof JsonObject object && !object.members().isEmpty()) {
            List<Member> members = new ArrayList<>(object.members());
            int index = random.nextInt(members.size());
            Member member = members.get(index);
            switch (random.nextInt(8)) {
                case 0 -> members.remove(index);
                case 1 -> members.add(member);
                case 2 ->
                    members.set(index, new Member(STRINGS.get(random.nextInt(STRINGS.size())), 1, member.value()));
                default -> members.set(index, new Member(member.key(), 1, mutate(member.value(), random, deepest - 1)));
            }
            return new JsonObject(members);
        } else if (value instanceof JsonArray array && !array.values().isEmpty()) {
            List<JsonValue> values = new ArrayList<>(array.values());
            int index = random.nextInt(values.size());
            switch (random.nextInt(6)) {
                case 0 -> values.remove(index);
                case 1 -> values.add(values.get(index));
                default -> values.set(index, mutate(values.get(index), random, deepest - 1));
            }
            return new JsonArray(values);
        }
        return replacement(random);
    }

    private static JsonValue replacement(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> new JsonNull();
            case 1 -> new JsonBoolean(random.nextBoolean());
            case 2 ->
                new JsonNumber(List.of("0", "-1", "1e999999999", "0.5", "99999999999999")
                        .get(random.nextInt(5)));
            case 3 -> new JsonArray(List.of(replacement(random)));
            case 4 -> new JsonObject(List.of(new Member("from_step", 1, replacement(random))));
            case 5 -> new JsonObject(List.of());
            default -> new JsonString(STRINGS.get(random.nextInt(STRINGS.size())));
        };
    }

    private static String toJson(JsonValue value) {
        if (value instanceof JsonObject object) {
            return "{"
                    + String.join(
                            ",",
                            object.members().stream()
                                    .map(member -> JsonWriter.line(member.key()) + ":" + toJson(member.value()))
                                    .toList())
                    + "}";
        } else if (value instanceof JsonArray array) {
            return "["
                    + String.join(
                            ",",
                            array.values().stream()
                                    .map(StepsFileMutator::toJson)
                                    .toList())
                    + "]";
        } else if (value instanceof JsonString string) {
            return JsonWriter.line(string.text());
        } else if (value instanceof JsonNumber number) {
            return number.text();
        }
        return value instanceof JsonBoolean truth ? String.valueOf(truth.value()) : "null";
    }
}
