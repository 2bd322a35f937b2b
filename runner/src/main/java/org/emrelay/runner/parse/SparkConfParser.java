package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.EmrRelease;
import org.jspecify.annotations.Nullable;

/** Parses {@code spark_conf} and {@code env}: string maps in which some values are secrets. */
record SparkConfParser(Substitution substitution, CommandLineChecks checks, Problems problems) {
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CONF_NAME = Pattern.compile("[A-Za-z0-9_.\\-/*@$#]+");
    private static final Map<String, String> RESERVED = Map.of(
            "spark.master", "Remove it: the option -t selects the platform.",
            "spark.submit.deployMode", "Use deploy_mode instead.");

    Map<String, Argument> sparkConf(@Nullable JsonValue value, String path) {
        Map<String, Argument> conf = templateMap(value, path);
        conf.forEach((name, template) -> {
            String located = childPath(path, name);
            String shown = abbreviate(name);
            String remedy = RESERVED.get(name);
            if (remedy != null) {
                problems.error(located, "the runner sets '" + shown + "' itself.", remedy);
            } else if (!CONF_NAME.matcher(name).matches()) {
                problems.error(located, "'" + shown + "' is not a valid Spark property name.");
            } else if (!name.startsWith("spark.")) {
                problems.warning(
                        located,
                        "spark-submit ignores '" + shown + "' because it does not start with 'spark.'.",
                        "For a Hadoop property, use 'spark.hadoop." + shown + "'.");
            }
            template.parts().stream()
                    .filter(Argument.Literal.class::isInstance)
                    .forEach(part -> checkSparkNlp(((Argument.Literal) part).text(), located));
        });
        return conf;
    }

    /** The steps file does not specify a release, so this assumes the default one. */
    void checkSparkNlp(String packages, String path) {
        SparkNlpVersion.check(packages, EmrRelease.DEFAULT, path, problems);
    }

    Map<String, Argument> environment(@Nullable JsonValue value, String path) {
        Map<String, Argument> environment = templateMap(value, path);
        for (String name : environment.keySet()) {
            if (!ENVIRONMENT_NAME.matcher(name).matches()) {
                problems.error(
                        childPath(path, name),
                        quoted(name) + " is not a valid environment variable name.",
                        "Use letters, digits and '_', not starting with a digit.");
            }
        }
        return environment;
    }

    private Map<String, Argument> templateMap(@Nullable JsonValue value, String path) {
        Map<String, Argument> templateMap = new LinkedHashMap<>();
        LocatedValue resolved = value == null ? null : substitution.resolve(substitution.locate(value, path));
        if (resolved == null) {
            return templateMap;
        }
        if (!(resolved.value() instanceof JsonObject object)) {
            problems.wrongType(path, "an object", resolved.value());
            return templateMap;
        }
        problems.checkDuplicateKeys(object, path);
        for (Member member : object.members()) {
            Argument template = template(resolved.member(member));
            if (template != null) {
                templateMap.putIfAbsent(member.key(), template);
            }
        }
        return templateMap;
    }

    private @Nullable Argument template(LocatedValue located) {
        LocatedValue resolved = substitution.resolve(located);
        if (resolved == null) {
            return null;
        } else if (Substitution.isScalar(resolved.value())) {
            Substitution.Expansion expansion = substitution.expandScalar(resolved, null);
            return expansion == null ? null : checks.argument(expansion.parts(), resolved.path());
        }
        problems.wrongType(resolved.path(), "a string", resolved.value());
        return null;
    }
}
