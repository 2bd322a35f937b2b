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

/** Reads {@code spark_conf} and {@code env}: names with texts, some of them secret. */
final class SparkConfParser {
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CONF_NAME = Pattern.compile("[A-Za-z0-9_.\\-/*@$#]+");
    private static final Map<String, String> OURS = Map.of(
            "spark.master", "Leave it out: the command line's -t says where a pipeline runs.",
            "spark.submit.deployMode", "Use the key deploy_mode.");

    private final Substitution substitution;
    private final RecordBinder records;
    private final Templates templates;
    private final Problems problems;

    SparkConfParser(Substitution substitution, RecordBinder records, Templates templates, Problems problems) {
        this.substitution = substitution;
        this.records = records;
        this.templates = templates;
        this.problems = problems;
    }

    Map<String, Template> sparkConf(@Nullable JsonValue value, String path) {
        Map<String, Template> conf = texts(value, path);
        conf.forEach((name, text) -> {
            String at = RecordBinder.child(path, name);
            String shown = RecordBinder.shortened(name);
            String remedy = OURS.get(name);
            if (remedy != null) {
                problems.error(at, "the runner itself sets '" + shown + "'.", remedy);
            } else if (!CONF_NAME.matcher(name).matches()) {
                problems.error(at, "'" + shown + "' cannot be the name of a Spark property.", "");
            } else if (!name.startsWith("spark.")) {
                problems.warning(
                        at,
                        "spark-submit ignores '" + shown + "', for it does not begin with 'spark.'.",
                        "Write 'spark.hadoop." + shown + "' where it is meant for Hadoop.");
            }
            text.parts().stream()
                    .filter(Template.Literal.class::isInstance)
                    .forEach(part -> checkSparkNlp(((Template.Literal) part).text(), at));
        });
        return conf;
    }

    /** The file does not say on which release it runs: the default one is the best guess. */
    void checkSparkNlp(String packages, String path) {
        SparkNlpVersion.in(packages)
                .filter(version -> version.tooOldFor(EmrRelease.DEFAULT))
                .ifPresent(
                        version -> problems.warning(path, version.message(EmrRelease.DEFAULT), SparkNlpVersion.HINT));
    }

    Map<String, Template> environment(@Nullable JsonValue value, String path) {
        Map<String, Template> environment = texts(value, path);
        for (String name : environment.keySet()) {
            if (!ENVIRONMENT_NAME.matcher(name).matches()) {
                problems.error(
                        RecordBinder.child(path, name),
                        "'" + RecordBinder.shortened(name) + "' cannot be the name of an environment variable.",
                        "Use letters, digits and '_', the first no digit.");
            }
        }
        return environment;
    }

    private Map<String, Template> texts(@Nullable JsonValue value, String path) {
        Map<String, Template> texts = new LinkedHashMap<>();
        LocatedValue here = value == null ? null : substitution.follow(LocatedValue.of(value, path));
        if (here == null) {
            return texts;
        }
        if (!(here.value() instanceof JsonObject object)) {
            records.wrongType(path, "an object", here.value());
            return texts;
        }
        records.checkDuplicates(object, path);
        for (Member member : object.members()) {
            Template text = text(here.member(member.key(), member.value()));
            if (text != null) {
                texts.putIfAbsent(member.key(), text);
            }
        }
        return texts;
    }

    private @Nullable Template text(LocatedValue at) {
        LocatedValue here = substitution.follow(at);
        if (here == null) {
            return null;
        } else if (here.value() instanceof JsonString string) {
            Substitution.Expansion expansion = substitution.expand(string.text(), here, null);
            return expansion == null ? null : templates.checked(expansion.parts(), here.path());
        } else if (here.value() instanceof JsonNumber number) {
            return scalar(number.text(), here);
        } else if (here.value() instanceof JsonBoolean truth) {
            return scalar(String.valueOf(truth.value()), here);
        }
        records.wrongType(here.path(), "a string", here.value());
        return null;
    }

    private Template scalar(String text, LocatedValue here) {
        return templates.checked(
                List.of(here.secret() ? new Template.Secret(text) : new Template.Literal(text)), here.path());
    }
}
