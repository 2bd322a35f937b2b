package org.emrelay.runner.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Parses {@code spark_conf} and {@code env}: string maps in which some values are secrets. */
final class SparkConfParser {
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CONF_NAME = Pattern.compile("[A-Za-z0-9_.\\-/*@$#]+");
    private static final Map<String, String> RESERVED = Map.of(
            "spark.master", "Remove it: the option -t selects the platform.",
            "spark.submit.deployMode", "Use deploy_mode instead.");

    private final Substitution substitution;
    private final RecordBinder binder;
    private final TemplateBuilder templates;
    private final Problems problems;

    SparkConfParser(Substitution substitution, RecordBinder binder, TemplateBuilder templates, Problems problems) {
        this.substitution = substitution;
        this.binder = binder;
        this.templates = templates;
        this.problems = problems;
    }

    Map<String, Template> sparkConf(@Nullable JsonValue value, String path) {
        Map<String, Template> conf = templateMap(value, path);
        conf.forEach((name, template) -> {
            String located = RecordBinder.childPath(path, name);
            String shown = RecordBinder.abbreviate(name);
            String remedy = RESERVED.get(name);
            if (remedy != null) {
                problems.error(located, "the runner sets '" + shown + "' itself.", remedy);
            } else if (!CONF_NAME.matcher(name).matches()) {
                problems.error(located, "'" + shown + "' is not a valid Spark property name.", "");
            } else if (!name.startsWith("spark.")) {
                problems.warning(
                        located,
                        "spark-submit ignores '" + shown + "' because it does not start with 'spark.'.",
                        "For a Hadoop property, use 'spark.hadoop." + shown + "'.");
            }
            template.parts().stream()
                    .filter(Template.Literal.class::isInstance)
                    .forEach(part -> checkSparkNlp(((Template.Literal) part).text(), located));
        });
        return conf;
    }

    /** The steps file does not specify a release, so this assumes the default one. */
    void checkSparkNlp(String packages, String path) {
        SparkNlpVersion.findIn(packages)
                .filter(version -> version.isTooOldFor(EmrRelease.DEFAULT))
                .ifPresent(
                        version -> problems.warning(path, version.message(EmrRelease.DEFAULT), SparkNlpVersion.HINT));
    }

    Map<String, Template> environment(@Nullable JsonValue value, String path) {
        Map<String, Template> environment = templateMap(value, path);
        for (String name : environment.keySet()) {
            if (!ENVIRONMENT_NAME.matcher(name).matches()) {
                problems.error(
                        RecordBinder.childPath(path, name),
                        "'" + RecordBinder.abbreviate(name) + "' is not a valid environment variable name.",
                        "Use letters, digits and '_', not starting with a digit.");
            }
        }
        return environment;
    }

    private Map<String, Template> templateMap(@Nullable JsonValue value, String path) {
        Map<String, Template> templateMap = new LinkedHashMap<>();
        LocatedValue resolved = value == null ? null : substitution.resolve(LocatedValue.of(value, path));
        if (resolved == null) {
            return templateMap;
        }
        if (!(resolved.value() instanceof JsonObject object)) {
            binder.reportWrongType(path, "an object", resolved.value());
            return templateMap;
        }
        binder.checkDuplicateKeys(object, path);
        for (Member member : object.members()) {
            Template template = template(resolved.member(member.key(), member.value()));
            if (template != null) {
                templateMap.putIfAbsent(member.key(), template);
            }
        }
        return templateMap;
    }

    private @Nullable Template template(LocatedValue located) {
        LocatedValue resolved = substitution.resolve(located);
        if (resolved == null) {
            return null;
        } else if (resolved.value() instanceof JsonString string) {
            Substitution.Expansion expansion = substitution.expand(string.text(), resolved, null);
            return expansion == null ? null : templates.build(expansion.parts(), resolved.path());
        } else if (resolved.value() instanceof JsonNumber number) {
            return scalar(number.text(), resolved);
        } else if (resolved.value() instanceof JsonBoolean truth) {
            return scalar(String.valueOf(truth.value()), resolved);
        }
        binder.reportWrongType(resolved.path(), "a string", resolved.value());
        return null;
    }

    private Template scalar(String template, LocatedValue resolved) {
        return templates.build(
                List.of(resolved.secret() ? new Template.Secret(template) : new Template.Literal(template)),
                resolved.path());
    }
}
