package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.parse.CommandConversion;
import org.emrelay.runner.parse.ConvertedStep;
import org.jspecify.annotations.Nullable;

/**
 * The spark-submit command of a step, converted but for the connections of its arguments.
 *
 * @param settings the keys of the step, without its name and its arguments
 */
record SubmittedStep(Map<String, Object> settings, List<String> arguments) {
    private static final String CLUSTER_MODE = "cluster";
    private static final String MAX_APP_ATTEMPTS = "spark.yarn.maxAppAttempts";
    private static final String YARN_TAGS = "spark.yarn.tags";
    private static final List<String> FILE_LISTS = List.of("jars", "py_files", "files", "archives");

    /**
     * Converts a step.
     *
     * @param defaultMode the deploy mode of a command without one
     * @return empty if the step is not carried over
     */
    static Optional<SubmittedStep> of(
            EmrStepDefinition step, String defaultMode, BundleFiles bundle, ImportNotices notices) {
        ConvertedStep converted;
        try {
            converted = CommandConversion.convertWords(step.command());
        } catch (IllegalArgumentException notConvertible) {
            notices.lost(step.name(), String.valueOf(notConvertible.getMessage()));
            return Optional.empty();
        }
        converted.notices().stream()
                .filter(notice -> !notice.startsWith("--master yarn "))
                .forEach(notice -> notices.changed(step.name(), notice));
        Map<String, Object> settings = new LinkedHashMap<>(converted.keys());
        settings.remove("name");
        List<String> arguments = new ArrayList<>(texts(settings.remove("args")));
        if (settings.getOrDefault("deploy_mode", defaultMode).equals(CLUSTER_MODE)) {
            settings.remove("deploy_mode");
            arguments.replaceAll(SubmittedStep::unescaped);
        } else {
            settings.putIfAbsent("deploy_mode", defaultMode);
        }
        Map<String, Object> conf = withoutOwn(settings.remove("spark_conf"), !settings.containsKey("deploy_mode"));
        if (!conf.isEmpty()) {
            settings.put("spark_conf", conf);
        }
        settings.computeIfPresent("script_uri", (key, uri) -> file(uri.toString(), step, bundle, notices));
        for (String key : FILE_LISTS) {
            settings.computeIfPresent(
                    key,
                    (name, files) -> texts(files).stream()
                            .map(file -> file(file, step, bundle, notices))
                            .toList());
        }
        return Optional.of(new SubmittedStep(settings, arguments));
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** YARN's shell removes a backslash before these; the runner adds it. */
    private static String unescaped(String argument) {
        return argument.replaceAll("\\\\([\\\\`])", "$1");
    }

    /** The settings that the runner adds to each step are not the user's. */
    private static Map<String, Object> withoutOwn(@Nullable Object written, boolean isClusterMode) {
        Map<String, Object> conf = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                String text = String.valueOf(value);
                String tags = name.equals(YARN_TAGS) ? text.replaceAll(",?emrelay-[0-9a-f]{40}", "") : text;
                boolean isOwn = isClusterMode && name.equals(MAX_APP_ATTEMPTS) && text.equals("1");
                if (!isOwn && (!tags.isEmpty() || text.isEmpty())) {
                    conf.put(name, tags);
                }
            });
        }
        return conf;
    }

    /** Files of an export are beside it; those of a node have a scheme of their own. */
    private static String file(String location, EmrStepDefinition step, BundleFiles bundle, ImportNotices notices) {
        Optional<String> local = bundle.locate(location);
        if (local.isPresent()) {
            return local.get();
        } else if (location.startsWith("/")) {
            notices.changed(
                    step.name(),
                    ImportNotices.shortened(location)
                            + " is a file of the cluster's nodes, so the step does not run locally.");
            return "local:" + location;
        }
        return location;
    }
}
