package org.emrelay.runner.plan;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;

/** Builds a step's fingerprint, with components named as in steps.json. */
final class FingerprintBuilder {
    private final TreeMap<String, String> components = new TreeMap<>();

    Fingerprint build() {
        return new Fingerprint(components);
    }

    void add(String name, String value) {
        components.put(name, value);
    }

    void add(String name, Argument template) {
        components.put(name, text(template));
    }

    /** Adds each value of a flag separately: joined, {@code a} and {@code b} would equal {@code a, b}. */
    void addValues(String name, List<Argument> values) {
        if (values.size() == 1) {
            add(name, values.get(0));
        } else if (values.isEmpty()) {
            add(name + "[]", "");
        }
        for (int i = 0; values.size() > 1 && i < values.size(); i++) {
            add(name + "[" + i + "]", values.get(i));
        }
    }

    void addProgram(Program program, SparkSettings<NamedFile> settings, StepUploads uploads) {
        add(program.key(), uploads.contentId(program.source()));
        if (program instanceof Program.Jar jar) {
            add("main_class", jar.mainClass());
        } else if (program instanceof Program.Sql sql) {
            add("the program of SQL steps", uploads.contentId(sql.file()));
            add("output.format", sql.format());
            add("output.partition_by", String.join(",", sql.partitionBy()));
        }
        settings.options().forEach((option, value) -> add(option.key(), SparkOption.text(value)));
        settings.files().forEach((option, files) -> add(option.key(), text(option, files, uploads)));
    }

    /** More than three requirements are combined into one hash, as files are. */
    void addDependencies(PythonDependencies<Requirement> dependencies, StepUploads uploads) {
        List<String> requirements = dependencies.requirements().stream()
                .map(requirement -> text(requirement, uploads))
                .toList();
        addLines("requirements", requirements);
        addLines("constraints", dependencies.constraints());
        if (!dependencies.version().isEmpty()) {
            add("python", dependencies.version());
        }
    }

    private void addLines(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            String text = String.join("\n", lines);
            add(name, lines.size() <= 3 ? String.join(", ", lines) : lines.size() + " lines@" + Fingerprint.hash(text));
        }
    }

    /** Where the installer finds packages does not change which ones it installs: paths on this machine do not count. */
    private static String text(Requirement requirement, StepUploads uploads) {
        if (requirement instanceof Requirement.PackageFile file) {
            return file.prefix() + uploads.contentId(file.file()) + file.suffix();
        }
        return requirement instanceof Requirement.Line line ? line.text() : "--find-links";
    }

    /** More than three files are combined into one hash: if one of fifty jars changes, the message must not list them all. */
    private static String text(FileOption option, List<NamedFile> files, StepUploads uploads) {
        String ids = files.stream()
                .map(named -> uploads.contentId(named.file()) + (option.renames() ? "#" + named.alias() : ""))
                .collect(Collectors.joining(","));
        return files.size() <= 3 || option.renames() ? ids : files.size() + " files@" + Fingerprint.hash(ids);
    }

    private static String text(Argument template) {
        return template.parts().stream().map(FingerprintBuilder::text).collect(Collectors.joining());
    }

    private static String text(Argument.Part part) {
        if (part instanceof Argument.Literal literal) {
            return literal.text().replace("$", "$$");
        } else if (part instanceof Argument.Secret secret) {
            return Fingerprint.secret(secret.text());
        } else if (part instanceof Argument.InputUri input) {
            return "${inputs." + input.input() + "}";
        } else if (part instanceof Argument.OutputUri) {
            return "${output}";
        }
        return "${workspace}";
    }
}
