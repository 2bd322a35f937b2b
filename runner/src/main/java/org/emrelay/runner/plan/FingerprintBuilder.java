package org.emrelay.runner.plan;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Collects what a step's result depends on, under the names by which its user knows them. */
final class FingerprintBuilder {
    private final TreeMap<String, String> collected = new TreeMap<>();

    Fingerprint fingerprint() {
        return new Fingerprint(collected);
    }

    void add(String name, String value) {
        collected.put(name, value);
    }

    void add(String name, Template template) {
        collected.put(name, text(template));
    }

    /** A flag's values, each apart: joined, {@code a} and {@code b} would be the same as {@code a, b}. */
    void addValues(String name, List<Template> values) {
        if (values.size() == 1) {
            add(name, values.get(0));
        } else if (values.isEmpty()) {
            add(name + "[]", "");
        }
        for (int i = 0; values.size() > 1 && i < values.size(); i++) {
            add(name + "[" + i + "]", values.get(i));
        }
    }

    void addProgram(Program program, SparkSettings settings, StepUploads files) {
        add("script_uri", files.ingredient(program.resource()));
        if (program instanceof Program.Jar jar) {
            add("main_class", jar.mainClass());
        }
        addSet("executor_memory", settings.executorMemory());
        addSet("executor_cores", settings.executorCores());
        addSet("num_executors", settings.numExecutors());
        addSet("driver_memory", settings.driverMemory());
        add("deploy_mode", settings.deployMode().flag());
        addSet("packages", settings.packages().isEmpty() ? null : String.join(",", settings.packages()));
        addFiles("jars", settings.jars(), files);
        addFiles("py_files", settings.pyFiles(), files);
        addNamed("files", settings.files(), files);
        addNamed("archives", settings.archives(), files);
    }

    private void addSet(String name, @Nullable Object value) {
        if (value != null) {
            add(name, value.toString());
        }
    }

    /** Fifty jars would fill a screen when one of them changes: more than three appear as one hash. */
    private void addFiles(String name, List<FileRef> resources, StepUploads files) {
        if (!resources.isEmpty()) {
            String all = resources.stream().map(files::ingredient).collect(Collectors.joining(","));
            add(name, resources.size() <= 3 ? all : resources.size() + " files@" + Fingerprint.hash(all));
        }
    }

    private void addNamed(String name, List<NamedResource> resources, StepUploads files) {
        if (!resources.isEmpty()) {
            add(
                    name,
                    resources.stream()
                            .map(named -> files.ingredient(named.resource()) + "#" + named.alias())
                            .collect(Collectors.joining(",")));
        }
    }

    private static String text(Template template) {
        return template.parts().stream().map(FingerprintBuilder::text).collect(Collectors.joining());
    }

    private static String text(Template.Part part) {
        if (part instanceof Template.Literal literal) {
            return literal.text().replace("$", "$$");
        } else if (part instanceof Template.Secret secret) {
            return "secret@" + Fingerprint.hash(secret.text());
        } else if (part instanceof Template.InputUri input) {
            return "${inputs." + input.input() + "}";
        } else if (part instanceof Template.OutputUri) {
            return "${output}";
        }
        return "${workspace}";
    }
}
