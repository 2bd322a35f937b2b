package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.parse.CommandConversion;
import org.jspecify.annotations.Nullable;

/** Reads a step in one of the forms of AWS: that of the CLI, that of the API and that of {@code list-steps}. */
final class EmrStepReader {
    private static final Map<String, String> ON_FAILURE = Map.of(
            "CANCEL_AND_WAIT", "",
            "TERMINATE_CLUSTER", "terminate_cluster",
            "TERMINATE_JOB_FLOW", "terminate_cluster");

    /** What an answer of EMR says about a step beside its definition. */
    private static final List<String> DESCRIPTIVE =
            List.of("id", "status", "executionrolearn", "name", "type", "actiononfailure");

    private static final List<String> PARTS =
            List.of("hadoopjarstep", "config", "jar", "args", "properties", "mainclass");

    /** The name of a step that Emrelay submitted: run, step, attempt. Its last part is that of a cleanup. */
    private static final Pattern SUBMITTED =
            Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{4}/([^/\\[]+)[^/]*/[0-9]{1,9}(/end(?:/[0-9]+)?)?");

    private final ImportNotices notices;
    private final Map<String, String> cleared = new LinkedHashMap<>();

    EmrStepReader(ImportNotices notices) {
        this.notices = notices;
    }

    /** The locations that steps of their own delete, and the names of these steps. */
    Map<String, String> cleared() {
        return cleared;
    }

    /**
     * Reads a step.
     *
     * @param where its place in the document, for a step without a name
     * @return empty if it is not carried over
     */
    Optional<EmrStepDefinition> read(JsonTree written, String where) {
        JsonTree step = withPlainKeys(written);
        String name = step.get("name").text().orElse(where);
        if (!step.isObject()) {
            notices.lost(where, "it is not a step: it must be an object.");
            return Optional.empty();
        }
        Matcher submitted = SUBMITTED.matcher(name);
        if (submitted.matches() && submitted.group(2) != null) {
            return Optional.empty();
        }
        List<String> command = command(step, name);
        step.members().forEach((key, value) -> {
            if (!DESCRIPTIVE.contains(key) && !PARTS.contains(key) && !value.isEmpty()) {
                notices.lost(name, key(written, key) + " is not a setting of a step.");
            }
        });
        if (step.has("executionrolearn")) {
            notices.lost(name, "ExecutionRoleArn: all steps run with the role of the nodes.");
        }
        return command == null
                ? Optional.empty()
                : Optional.of(new EmrStepDefinition(
                        submitted.matches() ? submitted.group(1) : name, "", command, onFailure(step), 0, 0));
    }

    /** The keys of all forms in lower case, without separators. */
    private static JsonTree withPlainKeys(JsonTree written) {
        if (!written.isObject()) {
            return written;
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        written.members().forEach((key, value) -> plain.putIfAbsent(plain(key), value.value()));
        return new JsonTree(plain);
    }

    private static String plain(String key) {
        return key.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    private static String key(JsonTree written, String plain) {
        return written.members().keySet().stream()
                .filter(key -> plain(key).equals(plain))
                .findFirst()
                .orElse(plain);
    }

    private static String onFailure(JsonTree step) {
        return ON_FAILURE.getOrDefault(step.get("actiononfailure").text().orElse(""), EmrStepDefinition.CONTINUE);
    }

    /** The words that command-runner.jar runs; null if the step runs another program. */
    private @Nullable List<String> command(JsonTree step, String name) {
        JsonTree part = step.first("hadoopjarstep", "config");
        JsonTree jarStep = part.isObject() ? withPlainKeys(part) : step;
        String type = step.get("type").text().orElse("").toLowerCase(Locale.ROOT);
        String jar = jarStep.get("jar").text().orElse("");
        List<String> words = new ArrayList<>();
        for (JsonTree word : jarStep.get("args").elements()) {
            if (word.value() == null || word.isObject() || word.isList()) {
                notices.lost(name, "its arguments are not a list of texts.");
                return null;
            }
            words.add(String.valueOf(word.value()));
        }
        if (type.equals("spark")) {
            words.add(0, "spark-submit");
        } else if (!type.isEmpty() && !type.equals("customjar") && !type.equals("custom_jar")) {
            notices.lost(name, "it is a step of type " + ImportNotices.shortened(type) + ", not of Spark.");
            return null;
        } else if (!jar.isEmpty() && !jar.matches("(.*/)?command-runner\\.jar")) {
            notices.lost(name, "it runs " + ImportNotices.shortened(jar) + ", not spark-submit.");
            return null;
        }
        if (words.size() > 3
                && List.of("hadoop fs -rm", "hdfs dfs -rm").contains(String.join(" ", words.subList(0, 3)))) {
            words.subList(3, words.size()).stream()
                    .filter(Locations::isLocation)
                    .forEach(location -> cleared.put(Locations.normalized(location), name));
            return null;
        }
        if (!CommandConversion.runsSpark(words)) {
            int program = CommandConversion.program(words);
            notices.lost(
                    name,
                    program == words.size()
                            ? "it has no command."
                            : "it runs '" + ImportNotices.shortened(words.get(program)) + "', not spark-submit.");
            return null;
        }
        if (jarStep.has("properties")) {
            notices.lost(name, "Properties: spark-submit does not read them. Use spark_conf.");
        }
        return words;
    }
}
