package org.emrelay.runner.plan;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Builds a step's fingerprint, with components named as in steps.json. */
final class FingerprintBuilder {
    private final TreeMap<String, String> components = new TreeMap<>();

    Fingerprint build() {
        return new Fingerprint(components);
    }

    void add(String name, String value) {
        components.put(name, value);
    }

    void add(String name, Template template) {
        components.put(name, text(template));
    }

    /** Adds each value of a flag separately: joined, {@code a} and {@code b} would equal {@code a, b}. */
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

    void addProgram(Program program, SparkSettings settings, StepUploads uploads) {
        add("script_uri", uploads.contentId(program.file()));
        if (program instanceof Program.Jar jar) {
            add("main_class", jar.mainClass());
        }
        addIfSet("executor_memory", settings.executorMemory());
        addIfSet("executor_cores", settings.executorCores());
        addIfSet("num_executors", settings.numExecutors());
        addIfSet("driver_memory", settings.driverMemory());
        add("deploy_mode", settings.deployMode().value());
        addIfSet("packages", settings.packages().isEmpty() ? null : String.join(",", settings.packages()));
        addFiles("jars", settings.jars(), uploads);
        addFiles("py_files", settings.pyFiles(), uploads);
        addNamedFiles("files", settings.files(), uploads);
        addNamedFiles("archives", settings.archives(), uploads);
    }

    private void addIfSet(String name, @Nullable Object value) {
        if (value != null) {
            add(name, value.toString());
        }
    }

    /** More than three files are combined into one hash: if one of fifty jars changes, the message must not list them all. */
    private void addFiles(String name, List<FileRef> files, StepUploads uploads) {
        if (!files.isEmpty()) {
            String ids = files.stream().map(uploads::contentId).collect(Collectors.joining(","));
            add(name, files.size() <= 3 ? ids : files.size() + " files@" + Fingerprint.hash(ids));
        }
    }

    private void addNamedFiles(String name, List<NamedFile> files, StepUploads uploads) {
        if (!files.isEmpty()) {
            add(
                    name,
                    files.stream()
                            .map(named -> uploads.contentId(named.file()) + "#" + named.alias())
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
